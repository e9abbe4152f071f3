package dev.refract.reports.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// Kendall's tau-b against its definition.
class RankAgreementByHandTest {

  @Test
  void theSameOrderIsOneAndTheReverseMinusOne() {
    double[] a = {1, 2, 3};
    assertThat(RankAgreement.tau(a, new double[] {10, 20, 30})).isCloseTo(1, within(1e-12));
    assertThat(RankAgreement.tau(a, new double[] {30, 20, 10})).isCloseTo(-1, within(1e-12));
    assertThat(RankAgreement.tau(new double[] {1, 2}, new double[] {5, 6}))
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void oneSwappedPairOfThreeLeavesAThird() {
    // Two pairs agree, one does not: (2 - 1) / 3.
    assertThat(RankAgreement.tau(new double[] {1, 2, 3}, new double[] {1, 3, 2}))
        .isCloseTo(1.0 / 3, within(1e-12));
  }

  @Test
  void aTieOnOneSideTakesItsPairOutOfThatSide() {
    // Pairs: 2 agree, 1 tied in b: 2 / sqrt(3 * 2).
    assertThat(RankAgreement.tau(new double[] {1, 2, 3}, new double[] {1, 2, 2}))
        .isCloseTo(2 / Math.sqrt(6), within(1e-12));
  }

  @Test
  void everyListOfFourIsThatOfTheDefinition() {
    for (int i = 0; i < 256; i++) {
      double[] a = digits(i);
      double[] b = digits(i * 37 + 11);
      double expected = definition(a, b);
      if (Double.isNaN(expected)) {
        assertThat(RankAgreement.tau(a, b)).isNaN();
      } else {
        assertThat(RankAgreement.tau(a, b)).isCloseTo(expected, within(1e-12));
      }
    }
  }

  @Test
  void listsOfTwoLengthsAreNamedByTheirLengths() {
    assertThatThrownBy(() -> RankAgreement.tau(new double[] {1, 2, 3}, new double[] {1, 2}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3")
        .hasMessageContaining("2");
    assertThatThrownBy(() -> RankAgreement.tau(new double[0], new double[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0");
  }

  private static double[] digits(int number) {
    return new double[] {number & 3, number >> 2 & 3, number >> 4 & 3, number >> 6 & 3};
  }

  private static double definition(double[] a, double[] b) {
    int sum = 0;
    int untiedA = 0;
    int untiedB = 0;
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j < i; j++) {
        double signs = Math.signum(a[i] - a[j]) * Math.signum(b[i] - b[j]);
        sum += (int) signs;
        untiedA += a[i] != a[j] ? 1 : 0;
        untiedB += b[i] != b[j] ? 1 : 0;
      }
    }
    return sum / Math.sqrt((double) untiedA * untiedB);
  }
}
