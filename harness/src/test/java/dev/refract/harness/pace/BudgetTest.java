package dev.refract.harness.pace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.harness.pace.Budget.Spent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// When a budget is used up, and by which of its three limits.
class BudgetTest {

  private static Budget of(@Nullable Long requests, @Nullable Long tokens, @Nullable Double cost) {
    return new Budget(requests, tokens, cost, 2, 8);
  }

  private static Spent spent(long requests, long input, long output) {
    return new Spent(requests, input, output);
  }

  @Test
  void noBudgetIsNeverUsedUp() {
    assertThat(Budget.NONE.exhausted(spent(Long.MAX_VALUE, 1L << 60, 1L << 60))).isEmpty();
  }

  @Test
  void requestsAreUsedUpAtTheirNumber() {
    Budget budget = of(10L, null, null);
    assertThat(budget.exhausted(spent(9, 1 << 30, 1 << 30))).isEmpty();
    assertThat(budget.exhausted(spent(10, 0, 0)))
        .hasValueSatisfying(words -> assertThat(words).contains("10", "max_requests"));
    assertThat(budget.exhausted(spent(11, 0, 0))).isPresent();
  }

  @Test
  void tokensOfInputAndOutputCountTogether() {
    Budget budget = of(null, 100L, null);
    assertThat(budget.exhausted(spent(999, 60, 39))).isEmpty();
    assertThat(budget.exhausted(spent(0, 60, 40)))
        .hasValueSatisfying(words -> assertThat(words).contains("100", "max_total_tokens"));
    assertThat(budget.exhausted(spent(0, 101, 6)))
        .hasValueSatisfying(words -> assertThat(words).contains("107", "100"));
  }

  @Test
  void costIsTheSumOfBothPricesForAMillionTokens() {
    // 2 for a million of input, 8 for a million of output: 1 + 4
    Budget budget = of(null, null, 5.0);
    assertThat(budget.exhausted(spent(0, 500_000, 500_000)))
        .hasValueSatisfying(words -> assertThat(words).contains("max_cost").contains("5"));
    assertThat(budget.exhausted(spent(0, 500_000, 499_999))).isEmpty();
    assertThat(budget.exhausted(spent(0, 499_999, 500_000))).isEmpty();
    assertThat(budget.exhausted(spent(0, 0, 625_000))).isPresent();
    assertThat(budget.exhausted(spent(0, 2_500_000, 0))).isPresent();
  }

  @Test
  void theFirstLimitThatIsPassedIsTheOneThatIsTold() {
    Spent much = spent(10, 1_000_000, 1_000_000);
    assertThat(of(10L, 10L, 1.0).exhausted(much))
        .hasValueSatisfying(words -> assertThat(words).contains("max_requests"));
    assertThat(of(11L, 10L, 1.0).exhausted(much))
        .hasValueSatisfying(words -> assertThat(words).contains("max_total_tokens", "2000000"));
    assertThat(of(11L, 2_000_001L, 1.0).exhausted(much))
        .hasValueSatisfying(words -> assertThat(words).contains("max_cost"));
    assertThat(of(11L, 2_000_001L, 10.01).exhausted(much)).isEmpty();
  }

  @Test
  void aBudgetOfZeroIsUsedUpFromTheStart() {
    assertThat(of(0L, null, null).exhausted(Spent.NOTHING)).isPresent();
    assertThat(of(null, 0L, null).exhausted(Spent.NOTHING)).isPresent();
    assertThat(of(null, null, 0.0).exhausted(Spent.NOTHING)).isPresent();
    assertThat(of(1L, 1L, 0.01).exhausted(Spent.NOTHING)).isEmpty();
  }

  @Test
  void whatIsSpentAddsUpEachByItself() {
    assertThat(spent(1, 20, 300).and(spent(4, 50, 600))).isEqualTo(spent(5, 70, 900));
    assertThat(Spent.NOTHING.and(spent(1, 2, 3))).isEqualTo(spent(1, 2, 3));
  }
}
