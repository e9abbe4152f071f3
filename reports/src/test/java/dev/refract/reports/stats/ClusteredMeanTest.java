package dev.refract.reports.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.refract.reports.stats.ClusteredMean.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.commons.math3.stat.interval.ConfidenceInterval;
import org.apache.commons.math3.stat.interval.WilsonScoreInterval;
import org.junit.jupiter.api.Test;

class ClusteredMeanTest {

  /// Expected values from statsmodels 0.14: OLS on a constant, `cov_cluster` without its own
  /// correction times C/(C-1); scipy's t quantile.
  @Test
  void manyImagesAgreeWithStatsmodels() {
    long[] state = {7};
    List<Observation> observations = new ArrayList<>();
    for (int image = 0; image < 150; image++) {
      double p = 0.3 + 0.4 * uniform(state);
      int questions = 1 + (int) (uniform(state) * 5);
      for (int q = 0; q < questions; q++) {
        observations.add(new Observation("" + image, uniform(state) < p ? 1 : 0));
      }
    }
    Estimate e = ClusteredMean.of(observations);
    assertThat(e.n()).isEqualTo(431);
    assertThat(e.clusters()).isEqualTo(150);
    assertThat(e.mean()).isCloseTo(0.46635730858468677, within(1e-12));
    assertThat(e.standardError()).isCloseTo(0.02408104561053149, within(1e-12));
    assertThat(e.low()).isCloseTo(0.4187728451257421, within(1e-9));
    assertThat(e.high()).isCloseTo(0.5139417720436315, within(1e-9));
  }

  @Test
  void fewImagesWithOneQuestionEachGiveWilsonsInterval() {
    List<Observation> observations = new ArrayList<>();
    for (int image = 0; image < 40; image++) {
      observations.add(new Observation("" + image, image < 10 ? 1 : 0));
    }
    Estimate e = ClusteredMean.of(observations);
    ConfidenceInterval wilson = new WilsonScoreInterval().createInterval(40, 10, 0.95);
    assertThat(e.low()).isCloseTo(wilson.getLowerBound(), within(1e-3));
    assertThat(e.high()).isCloseTo(wilson.getUpperBound(), within(1e-3));
  }

  @Test
  void questionsOfOneImageThatAgreeCountLikeOneQuestion() {
    List<Observation> alike = new ArrayList<>();
    List<Observation> apart = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      double score = i / 4 % 2;
      alike.add(new Observation("" + i / 4, score));
      apart.add(new Observation("" + i, score));
    }
    Estimate together = ClusteredMean.of(alike);
    Estimate independent = ClusteredMean.of(apart);
    assertThat(together.mean()).isEqualTo(independent.mean());
    assertThat(together.high() - together.low())
        .isGreaterThan(1.8 * (independent.high() - independent.low()));
  }

  @Test
  void allRightAllWrongAndASingleImageStillHaveAnInterval() {
    for (double score : new double[] {0, 1}) {
      Estimate e =
          ClusteredMean.of(List.of(new Observation("a", score), new Observation("b", score)));
      assertThat(e.high() - e.low()).isBetween(0.3, 0.95);
      assertThat(e.mean()).isBetween(e.low(), e.high());
    }
    Estimate one = ClusteredMean.of(List.of(new Observation("a", 1), new Observation("a", 0)));
    assertThat(one.standardError()).isNaN();
    assertThat(one.high() - one.low()).isGreaterThan(0.7);
  }

  @Test
  void nothingCannotBeAveraged() {
    assertThatThrownBy(() -> ClusteredMean.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /// 1,000 simulated benchmarks, seeded: the interval contains the truth about as often as its
  /// level.
  @Test
  void theIntervalCoversTheTruth() {
    Random random = new Random(11);
    for (int images : new int[] {40, 150}) {
      int covered = 0;
      for (int trial = 0; trial < 500; trial++) {
        List<Observation> observations = new ArrayList<>();
        for (int image = 0; image < images; image++) {
          double p = random.nextBoolean() ? 0.8 : 0.4;
          for (int q = 0; q < 6; q++) {
            observations.add(new Observation("" + image, random.nextDouble() < p ? 1 : 0));
          }
        }
        Estimate e = ClusteredMean.of(observations);
        covered += e.low() <= 0.6 && 0.6 <= e.high() ? 1 : 0;
      }
      assertThat(covered / 500.0).as("%d images", images).isBetween(0.92, 0.98);
    }
  }

  @Test
  void theMacroMeanGivesDatasetsEqualWeight() {
    Estimate a = new Estimate(0.8, 0.03, 0.74, 0.86, 1000, 500);
    Estimate b = new Estimate(0.4, 0.04, 0.32, 0.48, 10, 10);
    Estimate macro = ClusteredMean.macro(List.of(a, b));
    assertThat(macro.mean()).isCloseTo(0.6, within(1e-12));
    assertThat(macro.standardError()).isCloseTo(0.025, within(1e-12));
    assertThat(macro.high() - macro.mean()).isCloseTo(Math.hypot(0.06, 0.08) / 2, within(1e-12));
    Estimate alone = ClusteredMean.macro(List.of(a));
    assertThat(alone.low()).isCloseTo(a.low(), within(1e-12));
    assertThat(alone.high()).isCloseTo(a.high(), within(1e-12));
  }

  @Test
  void theMacroMeanOfPartsWithoutASpreadIsNotCertain() {
    Estimate none = ClusteredMean.of(List.of(new Observation("a", 0), new Observation("b", 0)));
    Estimate macro = ClusteredMean.macro(List.of(none, none));
    assertThat(macro.mean()).isZero();
    assertThat(macro.high()).isGreaterThan(0.3);
  }

  private static double uniform(long[] state) {
    state[0] = (state[0] * 1103515245L + 12345) % 2147483648L;
    return state[0] / 2147483648.0;
  }
}
