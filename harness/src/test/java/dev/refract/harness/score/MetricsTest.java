package dev.refract.harness.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/// The surprises of the official rules, one by one.
class MetricsTest {

  private final Metric relaxed = new RelaxedAccuracy(true);
  private final Metric anls = new Anls();

  @Test
  void aNumberMayBeWrongByFivePercentOfTheGold() {
    assertThat(relaxed.score(List.of("100"), "105")).isOne();
    assertThat(relaxed.score(List.of("100"), "105.1")).isZero();
    assertThat(relaxed.score(List.of("-100"), "-95")).isOne();
  }

  @Test
  void aPercentSignOnTheGoldAloneMakesFiveWrong() {
    assertThat(relaxed.score(List.of("5%"), "5")).isZero();
    assertThat(relaxed.score(List.of("5%"), "5%")).isOne();
    assertThat(relaxed.score(List.of("5%"), "0.05")).isOne();
  }

  @Test
  void aGoldOfZeroIsComparedAsText() {
    assertThat(relaxed.score(List.of("0"), "0")).isOne();
    assertThat(relaxed.score(List.of("0"), "0.0")).isZero();
  }

  @Test
  void numbersAreWhatPythonCallsNumbers() {
    assertThat(relaxed.score(List.of("1000"), "1_000")).isOne();
    assertThat(relaxed.score(List.of("1000"), "1e3")).isOne();
    assertThat(relaxed.score(List.of("5"), "٥")).isOne(); // an Arabic five
    assertThat(relaxed.score(List.of("5"), "5d")).isZero(); // Java's, not Python's
    assertThat(relaxed.score(List.of("16"), "0x10")).isZero();
    assertThat(relaxed.score(List.of("1000"), "1,000")).isZero();
    assertThat(relaxed.score(List.of("nan"), "nan")).isZero();
    assertThat(relaxed.score(List.of("11"), "1__1")).isZero();
    assertThat(relaxed.score(List.of("11"), "_11")).isZero();
  }

  @Test
  void wordsMustBeEqualButForCase() {
    assertThat(relaxed.score(List.of("Yes"), "yes")).isOne();
    assertThat(relaxed.score(List.of("Yes"), "yes.")).isZero();
  }

  @Test
  void anlsForgivesAFewLettersAndNoMoreThanHalf() {
    assertThat(anls.score(List.of("hello"), "hallo")).isCloseTo(0.8, within(1e-12));
    assertThat(anls.score(List.of("ab"), "ax")).isEqualTo(0.5);
    assertThat(anls.score(List.of("abc"), "axy")).isZero();
    assertThat(anls.score(List.of("no", "hello"), " HELLO ")).isCloseTo(1, within(1e-12));
  }

  @Test
  void anlsCountsTheUpperCasedRawText() {
    // one substitution over "SS", two letters
    assertThat(anls.score(List.of("ß"), "x")).isEqualTo(0.5);
  }
}
