package dev.refract.reports.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RankAgreementTest {

  @Test
  void tauIsThatOfScipy() {
    // scipy.stats.kendalltau([12, 2, 1, 12, 2], [1, 4, 7, 1, 0]).statistic
    double[] a = {12, 2, 1, 12, 2};
    double[] b = {1, 4, 7, 1, 0};
    assertThat(RankAgreement.tau(a, b)).isCloseTo(-0.47140452079103173, within(1e-12));
    assertThat(RankAgreement.tau(a, a)).isCloseTo(1, within(1e-12));
  }

  @Test
  void valuesThatCannotBeRankedGiveNaNOrAnError() {
    assertThat(RankAgreement.tau(new double[] {1, 1}, new double[] {1, 2})).isNaN();
    assertThatThrownBy(() -> RankAgreement.tau(new double[] {1}, new double[] {1}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
