package dev.refract.reports.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

/// Adjusted p-values that a reader can check by hand.
class MultiplicityTest {

  private static final double EXACT = 1e-12;

  @Test
  void holmMultipliesTheSmallestByAllAndNeverFalls() {
    // 0.005 * 4, 0.01 * 3, 0.03 * 2, 0.04 * 1 lifted to the one before.
    assertThat(Multiplicity.holm(new double[] {0.01, 0.04, 0.03, 0.005}))
        .containsExactly(new double[] {0.03, 0.06, 0.06, 0.02}, within(EXACT));
  }

  @Test
  void benjaminiHochbergDividesByTheRankAndNeverRisesDownwards() {
    // 0.005 * 4 / 1, 0.01 * 4 / 2, 0.03 * 4 / 3, 0.04 * 4 / 4.
    assertThat(Multiplicity.benjaminiHochberg(new double[] {0.01, 0.04, 0.03, 0.005}))
        .containsExactly(new double[] {0.02, 0.04, 0.04, 0.02}, within(EXACT));
    // 0.02 * 3 / 1 = 0.06 is pulled down to 0.021 * 3 / 2.
    assertThat(Multiplicity.benjaminiHochberg(new double[] {0.02, 0.9, 0.021}))
        .containsExactly(new double[] {0.0315, 0.9, 0.0315}, within(EXACT));
  }

  @Test
  void noAdjustedValueExceedsOne() {
    assertThat(Multiplicity.holm(new double[] {0.6, 0.7})).containsExactly(1, 1);
    assertThat(Multiplicity.benjaminiHochberg(new double[] {0.6, 0.7}))
        .containsExactly(new double[] {0.7, 0.7}, within(EXACT));
    assertThat(Multiplicity.benjaminiHochberg(new double[] {1, 1})).containsExactly(1, 1);
  }

  @Test
  void oneTestStaysAsItIsAndNoneGivesNone() {
    assertThat(Multiplicity.holm(new double[] {0.04})).containsExactly(0.04);
    assertThat(Multiplicity.benjaminiHochberg(new double[] {0.04})).containsExactly(0.04);
    assertThat(Multiplicity.holm(new double[0])).isEmpty();
    assertThat(Multiplicity.benjaminiHochberg(new double[0])).isEmpty();
  }

  @Test
  void tiesShareTheirAdjustedValue() {
    assertThat(Multiplicity.holm(new double[] {0.01, 0.01, 0.01}))
        .containsExactly(new double[] {0.03, 0.03, 0.03}, within(EXACT));
    assertThat(Multiplicity.benjaminiHochberg(new double[] {0.01, 0.01, 0.01}))
        .containsExactly(new double[] {0.01, 0.01, 0.01}, within(EXACT));
  }

  @Test
  void theGivenValuesStayAsTheyWere() {
    double[] p = {0.03, 0.01};
    Multiplicity.holm(p);
    Multiplicity.benjaminiHochberg(p);
    assertThat(p).containsExactly(0.03, 0.01);
  }
}
