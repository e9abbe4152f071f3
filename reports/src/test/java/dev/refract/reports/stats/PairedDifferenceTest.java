package dev.refract.reports.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.refract.reports.stats.PairedDifference.Pair;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A paired difference by hand, and where there is too little for one.
class PairedDifferenceTest {

  private static final double EXACT = 1e-12;

  /// d = 1, 1, −1, 0 on three images.
  private static final PairedDifference FOUR =
      PairedDifference.of(
          List.of(
              new Pair("a", 0, 1),
              new Pair("a", 0, 1),
              new Pair("b", 1, 0),
              new Pair("c", 0.5, 0.5)));

  @Test
  void meansAndCountsAreOfQuestions() {
    assertThat(FOUR.n()).isEqualTo(4);
    assertThat(FOUR.images()).isEqualTo(3);
    assertThat(FOUR.meanA()).isCloseTo(0.375, within(EXACT));
    assertThat(FOUR.meanB()).isCloseTo(0.625, within(EXACT));
    assertThat(FOUR.delta()).isCloseTo(0.25, within(EXACT));
    assertThat(FOUR.better()).isEqualTo(2);
    assertThat(FOUR.worse()).isEqualTo(1);
    assertThat(FOUR.discordance()).isEqualTo(0.75);
    assertThat(FOUR.imageSums()).containsExactly(2.0, -1.0, 0.0);
  }

  @Test
  void theErrorIsClusteredByImage() {
    // Deviations 0.75, 0.75, -1.25, -0.25; by image 1.5, -1.25, -0.25.
    assertThat(FOUR.naiveError()).isCloseTo(Math.sqrt(2.75 / 12), within(EXACT));
    assertThat(FOUR.standardError()).isCloseTo(Math.sqrt(1.5 * 3.875) / 4, within(EXACT));
    assertThat(FOUR.designEffect()).isCloseTo(1.5852273, within(1e-6));
    assertThat(FOUR.difference()).isEqualTo(new Difference(FOUR.delta(), FOUR.standardError(), 2));
  }

  @Test
  void oneQuestionHasNoError() {
    PairedDifference one = PairedDifference.of(List.of(new Pair("a", 0, 1)));
    assertThat(one.delta()).isEqualTo(1);
    assertThat(one.naiveError()).isNaN();
    assertThat(one.standardError()).isNaN();
    assertThat(one.designEffect()).isEqualTo(1);
    assertThat(one.difference().isKnown()).isFalse();
  }

  @Test
  void twoQuestionsOnOneImageHaveOnlyANaiveError() {
    PairedDifference two = PairedDifference.of(List.of(new Pair("a", 0, 1), new Pair("a", 0, 0)));
    assertThat(two.naiveError()).isCloseTo(0.5, within(EXACT));
    assertThat(two.standardError()).isNaN();
    assertThat(two.designEffect()).isEqualTo(1);
  }

  @Test
  void twoImagesAreEnough() {
    PairedDifference two = PairedDifference.of(List.of(new Pair("a", 0, 1), new Pair("b", 0, 0)));
    assertThat(two.standardError()).isCloseTo(0.5, within(EXACT));
    assertThat(two.designEffect()).isCloseTo(1, within(EXACT));
    assertThat(two.difference().degrees()).isEqualTo(1);
  }

  @Test
  void aDesignEffectThatCannotBeToldIsOne() {
    PairedDifference same = PairedDifference.of(List.of(new Pair("a", 1, 1), new Pair("b", 1, 1)));
    assertThat(same.standardError()).isZero();
    assertThat(same.designEffect()).isEqualTo(1);
    PairedDifference level =
        PairedDifference.of(
            List.of(
                new Pair("a", 0, 1),
                new Pair("a", 1, 0),
                new Pair("b", 0, 1),
                new Pair("b", 1, 0)));
    assertThat(level.standardError()).isZero();
    assertThat(level.naiveError()).isPositive();
    assertThat(level.designEffect()).isEqualTo(1);
  }

  @Test
  void macroSumsWeighPartsAlike() {
    PairedDifference other = PairedDifference.of(List.of(new Pair("z", 0, 1), new Pair("y", 1, 1)));
    // Sums 2, -1, 0 over 4 questions and 2 parts; 1, 0 over 2 questions and 2 parts.
    assertThat(PairedDifference.macroSums(List.of(FOUR, other)))
        .containsExactly(new double[] {0.25, -0.125, 0, 0.25, 0}, within(EXACT));
    assertThat(PairedDifference.macroSums(List.of(FOUR)))
        .containsExactly(new double[] {0.5, -0.25, 0}, within(EXACT));
  }

  @Test
  void theSignFlipIsThatOfTheImagesSums() {
    assertThat(FOUR.signFlip(1001, 3))
        .isEqualTo(SignFlip.p(new double[] {2, -1, 0}, 1001, 3))
        .isCloseTo(1, within(EXACT) /* |2 - 1| is the least that both signs can give */);
    PairedDifference up =
        PairedDifference.of(
            List.of(
                new Pair("a", 0, 1),
                new Pair("b", 0, 1),
                new Pair("c", 0, 1),
                new Pair("d", 0, 1)));
    assertThat(up.signFlip(10_000, 0)).isCloseTo(0.125, within(0.02)); // 2 of 16 patterns
  }

  @Test
  void nothingCannotBeCompared() {
    assertThatThrownBy(() -> PairedDifference.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
