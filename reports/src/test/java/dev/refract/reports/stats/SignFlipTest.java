package dev.refract.reports.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.Test;

class SignFlipTest {

  @Test
  void theSameSeedGivesTheSamePForAnyNumberOfThreads() throws Exception {
    double[] sums = new Random(1).doubles(999, -1, 1.05).toArray();
    double alone;
    try (ForkJoinPool one = new ForkJoinPool(1)) {
      alone = one.submit(() -> SignFlip.p(sums, 10_001, 7)).get();
    }
    try (ForkJoinPool many = new ForkJoinPool(8)) {
      assertThat(many.submit(() -> SignFlip.p(sums, 10_001, 7)).get()).isEqualTo(alone);
    }
    assertThat(SignFlip.p(sums, 10_001, 8)).isNotEqualTo(alone).isCloseTo(alone, within(0.02));
  }

  /// When all sums have the same sign, two of the 2^n sign patterns reach the observed sum.
  @Test
  void aSumThatOnlyTwoPatternsReachHasTheirShare() {
    double[] sums = {1, 1, 1, 1, 1, 1};
    assertThat(SignFlip.p(sums, 100_000, 3)).isCloseTo(2.0 / 64, within(0.003));
  }

  @Test
  void whereNothingDiffersNothingIsProven() {
    assertThat(SignFlip.p(new double[] {0, 0, 0}, 1000, 0)).isOne();
    assertThat(SignFlip.p(new double[0], 1000, 0)).isOne();
  }

  @Test
  void sumsThatDifferOnlyByRoundingAreEqual() {
    double third = 1.0 / 3;
    assertThat(SignFlip.p(new double[] {third, third, -third - 1e-17, third}, 20_000, 0))
        .isCloseTo(10.0 / 16, within(0.02));
  }

  @Test
  void ranksOverlapWhereNothingIsProven() {
    List<RankIntervals.Test> tests =
        List.of(
            new RankIntervals.Test(0, 1, 0.1, 0.001),
            new RankIntervals.Test(0, 2, 0.2, 0.0001),
            new RankIntervals.Test(1, 2, 0.1, 0.4));
    assertThat(RankIntervals.of(3, tests, 0.05))
        .containsExactly(
            new RankIntervals.Ranks(3, 3),
            new RankIntervals.Ranks(1, 2),
            new RankIntervals.Ranks(1, 2));
  }

  @Test
  void aThroughputRatioIsOfSumsOverTimeAndItsIntervalContainsIt() {
    Random random = new Random(5);
    List<Double> slow = landings(6000, 0.10, random);
    List<Double> fast = landings(5000, 0.08, random);
    ThroughputRatio ratio = ThroughputRatio.of(slow, fast);
    assertThat(ratio.ratio()).isCloseTo(1.25, within(0.1));
    assertThat(ratio.low()).isLessThan(1.25);
    assertThat(ratio.high()).isGreaterThan(1.25);
    assertThat(ratio.lowerBound(0.05)).isGreaterThan(ratio.low());
    assertThat(ThroughputRatio.of(slow, slow).ratio()).isOne();
  }

  private static List<Double> landings(int count, double mean, Random random) {
    double[] clock = {0};
    return random.doubles(count).map(u -> clock[0] += -mean * Math.log(1 - u)).boxed().toList();
  }
}
