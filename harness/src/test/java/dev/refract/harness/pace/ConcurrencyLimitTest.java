package dev.refract.harness.pace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConcurrencyLimitTest {

  private static final long SECOND = 1_000_000_000L;

  @Test
  void aFixedLimitNeverChanges() {
    ConcurrencyLimit fixed = ConcurrencyLimit.fixed(32);
    assertThat(fixed.succeeded(32)).isEqualTo(fixed);
    assertThat(fixed.overloaded(9 * SECOND)).isEqualTo(fixed);
  }

  @Test
  void itDoublesEachRoundUntilTheFirstOverload() {
    ConcurrencyLimit limit = ConcurrencyLimit.adaptive(1000, 0);
    int start = limit.now();
    for (int i = 0; i < start; i++) {
      limit = limit.succeeded(limit.now());
    }
    assertThat(limit.now()).isEqualTo(2 * start);
    limit = limit.overloaded(SECOND);
    assertThat(limit.now()).isEqualTo(start);
    for (int i = 0; i < start; i++) {
      limit = limit.succeeded(limit.now());
    }
    assertThat(limit.now()).isEqualTo(start + 1);
  }

  @Test
  void itIsHalvedOnceForAllRequestsInFlightTogether() {
    ConcurrencyLimit limit = new ConcurrencyLimit(true, 64, 100, true, 0, 0);
    ConcurrencyLimit cut = limit.overloaded(SECOND);
    assertThat(cut.now()).isEqualTo(32);
    assertThat(cut.overloaded(2 * SECOND)).isEqualTo(cut);
    assertThat(cut.overloaded(7 * SECOND).now()).isEqualTo(16);
  }

  @Test
  void itGrowsOnlyWhileFullyUsedAndNeverPastTheMaximum() {
    ConcurrencyLimit limit = ConcurrencyLimit.adaptive(1000, 0);
    assertThat(limit.succeeded(limit.now() - 1)).isEqualTo(limit);
    ConcurrencyLimit most = new ConcurrencyLimit(true, 10, 10, true, 0, 0);
    assertThat(most.succeeded(10)).isEqualTo(most);
    assertThat(ConcurrencyLimit.adaptive(3, 0).now()).isEqualTo(3);
  }

  @Test
  void itNeverFallsBelowOne() {
    ConcurrencyLimit one = new ConcurrencyLimit(true, 1, 10, false, 0, 0);
    assertThat(one.overloaded(SECOND).now()).isEqualTo(1);
  }
}
