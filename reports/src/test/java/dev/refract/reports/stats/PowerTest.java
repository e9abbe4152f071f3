package dev.refract.reports.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a comparison can prove: quantiles from a table, errors that are round.
class PowerTest {

  // z(0.975) = 1.959964, z(0.95) = 1.644854, z(0.8) = 0.841621; sqrt(0.25 * 4 / 100) = 0.1.
  private static final Power POWER = Power.expected(100, 0.25, 4, 0.05);

  @Test
  void theDetectableDifferenceIsTwoSidedAndTheMarginOneSided() {
    assertThat(POWER.detectable()).isCloseTo(0.2801585, within(1e-6));
    assertThat(POWER.margin()).isCloseTo(0.2486475, within(1e-6));
  }

  @Test
  void aGateNeedsAsManyQuestionsAsItsMarginIsFineRoundedUp() {
    assertThat(POWER.questionsFor(0.1)).isEqualTo(619); // 24.86475^2 = 618.26
    assertThat(POWER.questionsFor(0.2)).isEqualTo(155); // 12.432375^2 = 154.56
    assertThat(Power.expected(7, 0.5, 1, 0.05).questionsFor(0.1)).isEqualTo(310); // 309.13
    assertThat(Power.expected(7, 0.5, 3, 0.05).questionsFor(0.1)).isEqualTo(928); // 927.38
  }

  @Test
  void asManyQuestionsProveTheMarginThatTheyWereAskedFor() {
    double needed = POWER.questionsFor(0.1);
    assertThat(Power.expected(needed, 0.25, 4, 0.05).margin()).isLessThanOrEqualTo(0.1);
    assertThat(Power.expected(needed - 1, 0.25, 4, 0.05).margin()).isGreaterThan(0.1);
  }

  @Test
  void of_two_runs_the_clustered_error_of_their_difference_counts_whatever_the_scores_are() {
    List<PairedDifference.Pair> graded = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      // Every score changes a little: by +0.05 or -0.05, the same on both questions of an image.
      graded.add(new PairedDifference.Pair("image " + i / 2, 0.5, i / 2 % 2 == 0 ? 0.55 : 0.45));
    }
    PairedDifference paired = PairedDifference.of(graded);
    Power power = Power.of(paired, 0.05);
    assertThat(power.detectable()).isCloseTo(2.801585 * paired.standardError(), within(1e-6));
    assertThat(power.detectable()).isCloseTo(0.0099, within(1e-4)); // 2.8 * 0.05 / sqrt(200)
    assertThat(power.with(1600).detectable()).isCloseTo(power.detectable() / 2, within(1e-9));
  }

  @Test
  void whatNeverChangesNeedsNoQuestion() {
    Power same = Power.expected(100, 0, 1, 0.05);
    assertThat(same.detectable()).isZero();
    assertThat(same.margin()).isZero();
    assertThat(same.questionsFor(0.01)).isZero();
  }

  @Test
  void theDesignEffectGrowsWithQuestionsAndCorrelationFromOne() {
    assertThat(Power.designEffect(3, 0.25)).isEqualTo(1.5);
    assertThat(Power.designEffect(3, 0)).isEqualTo(1);
    assertThat(Power.designEffect(1, 0.9)).isEqualTo(1);
    assertThat(Power.designEffect(0.5, 0.9)).isEqualTo(1);
    assertThat(Power.designEffect(3, 1)).isEqualTo(3);
  }
}
