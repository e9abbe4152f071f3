package dev.refract.reports.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// Where the interval of a clustered mean changes its rule.
class ClusteredMeanBoundariesTest {

  private static final double Z = 1.959963985;

  @Test
  void aHundredImagesHaveStudentsInterval() {
    Estimate e = oneQuestionEach(100, 50);
    double se = Math.sqrt(100 / 99.0 * 25) / 100;
    assertThat(e.standardError()).isCloseTo(se, within(1e-12));
    assertThat(e.low()).isCloseTo(0.5 - 1.9842169 * se, within(1e-7));
    assertThat(e.high()).isCloseTo(0.5 + 1.9842169 * se, within(1e-7));
  }

  @Test
  void ninetyNineImagesHaveWilsonsInterval() {
    assertWilson(oneQuestionEach(99, 33), 1 / 3.0, 99);
  }

  @Test
  void aMeanWithinOneTwentiethOfTheEdgeHasWilsonsInterval() {
    assertWilson(oneQuestionEach(100, 5), 0.05, 100);
    assertWilson(oneQuestionEach(100, 95), 0.95, 100);
    for (int right : new int[] {6, 94}) {
      Estimate e = oneQuestionEach(100, right);
      assertThat(e.high() - e.mean()).isCloseTo(e.mean() - e.low(), within(1e-12));
    }
  }

  @Test
  void studentsIntervalStaysWithinZeroAndOne() {
    int[] numbers = new int[109];
    double[] scores = new double[109];
    double[] turned = new double[109];
    for (int i = 0; i < 109; i++) {
      numbers[i] = Math.max(0, i - 9); // ten questions on the first image, one on 99 others
      scores[i] = i < 10 ? 1 : 0;
      turned[i] = 1 - scores[i];
    }
    Estimate low = ClusteredMean.of(numbers, scores, 109);
    assertThat(low.clusters()).isEqualTo(100);
    assertThat(low.low()).isZero();
    assertThat(low.high()).isBetween(0.2, 0.3);
    Estimate high = ClusteredMean.of(numbers, turned, 109);
    assertThat(high.high()).isEqualTo(1);
    assertThat(high.low()).isBetween(0.7, 0.8);
  }

  @Test
  void scoresThatAreAllAlikeAreWorthTheirImages() {
    int[] numbers = {0, 0, 0, 0, 0, 1, 1, 1, 1, 1};
    double[] ones = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
    Estimate e = ClusteredMean.of(numbers, ones, 10);
    assertThat(e.low()).isCloseTo(2 / (2 + Z * Z), within(1e-6));
    assertThat(e.high()).isEqualTo(1);
    assertThat(e.standardError()).isZero();
    Estimate none = ClusteredMean.of(numbers, new double[10], 10);
    assertThat(none.low()).isZero();
    assertThat(none.high()).isCloseTo(Z * Z / (2 + Z * Z), within(1e-6));
  }

  @Test
  void oneImageIsWorthOneQuestion() {
    Estimate e = ClusteredMean.of(new int[] {0, 0, 0}, new double[] {1, 1, 1}, 3);
    assertThat(e.low()).isCloseTo(1 / (1 + Z * Z), within(1e-6));
    assertThat(e.standardError()).isNaN();
    assertThat(e.n()).isEqualTo(3);
    assertThat(e.clusters()).isEqualTo(1);
    Estimate one = ClusteredMean.of(new int[] {0}, new double[] {1}, 1);
    assertThat(one.low()).isCloseTo(1 / (1 + Z * Z), within(1e-6));
  }

  @Test
  void questionsOfOneImageThatGoTogetherAreWorthLess() {
    // By image 1, -1, 0 of deviations: 6 * 0.05 / (1/12) = 3.6.
    assertWilson(
        ClusteredMean.of(new int[] {0, 0, 1, 1, 2, 2}, new double[] {1, 1, 0, 0, 1, 0}, 6),
        0.5,
        3.6);
  }

  @Test
  void noQuestionsAreWorthMoreThanTheyAre() {
    // By image 0.5 and -0.5 of deviations: 6 * 0.05 / (1/36) = 10.8, of which 6 count.
    assertWilson(
        ClusteredMean.of(new int[] {0, 0, 0, 1, 1, 1}, new double[] {1, 0, 1, 0, 1, 0}, 6), 0.5, 6);
  }

  @Test
  void numbersThatNoScoreHasAreNoImages() {
    Estimate gaps = ClusteredMean.of(new int[] {7, 2, 7}, new double[] {1, 0, 1}, 3);
    assertThat(gaps).isEqualTo(ClusteredMean.of(new int[] {0, 1, 0}, new double[] {1, 0, 1}, 3));
    assertThat(gaps.clusters()).isEqualTo(2);
  }

  @Test
  void onlyTheFirstOnesCount() {
    Estimate e = ClusteredMean.of(new int[] {0, 1, 9, 9}, new double[] {1, 0, 1, 1}, 2);
    assertThat(e).isEqualTo(ClusteredMean.of(new int[] {0, 1}, new double[] {1, 0}, 2));
    assertThatThrownBy(() -> ClusteredMean.of(new int[] {0}, new double[] {1}, 0))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Estimate oneQuestionEach(int images, int right) {
    int[] numbers = new int[images];
    double[] scores = new double[images];
    for (int i = 0; i < images; i++) {
      numbers[i] = i;
      scores[i] = i < right ? 1 : 0;
    }
    return ClusteredMean.of(numbers, scores, images);
  }

  /// Wilson 1927, as written in textbooks.
  private static void assertWilson(Estimate e, double mean, double size) {
    double root = Z * Math.sqrt(mean * (1 - mean) * size + Z * Z / 4);
    assertThat(e.mean()).isCloseTo(mean, within(1e-12));
    assertThat(e.low()).isCloseTo((mean * size + Z * Z / 2 - root) / (size + Z * Z), within(1e-7));
    assertThat(e.high()).isCloseTo((mean * size + Z * Z / 2 + root) / (size + Z * Z), within(1e-7));
  }
}
