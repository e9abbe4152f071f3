package dev.refract.reports.stats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.reports.stats.RankIntervals.Ranks;
import dev.refract.reports.stats.RankIntervals.Test;
import java.util.List;

/// Between which ranks runs lie, by who is proven better.
class RankIntervalsTest {

  @org.junit.jupiter.api.Test
  void withoutProofEveryRunMayHaveEveryRank() {
    assertThat(RankIntervals.of(3, List.of(), 0.05))
        .containsExactly(new Ranks(1, 3), new Ranks(1, 3), new Ranks(1, 3));
  }

  @org.junit.jupiter.api.Test
  void theWinnerIsTheSecondWhereTheDifferenceIsAboveZero() {
    assertThat(RankIntervals.of(2, List.of(new Test(0, 1, 0.1, 0.01)), 0.05))
        .containsExactly(new Ranks(2, 2), new Ranks(1, 1));
    assertThat(RankIntervals.of(2, List.of(new Test(0, 1, -0.1, 0.01)), 0.05))
        .containsExactly(new Ranks(1, 1), new Ranks(2, 2));
  }

  @org.junit.jupiter.api.Test
  void aPairIsProvenBelowAlphaNotAtIt() {
    assertThat(RankIntervals.of(2, List.of(new Test(0, 1, 0.1, 0.05)), 0.05))
        .containsExactly(new Ranks(1, 2), new Ranks(1, 2));
    assertThat(RankIntervals.of(2, List.of(new Test(0, 1, 0.1, 0.0499)), 0.05))
        .containsExactly(new Ranks(2, 2), new Ranks(1, 1));
  }

  @org.junit.jupiter.api.Test
  void noDifferenceHasNoWinnerWhateverItsP() {
    assertThat(RankIntervals.of(2, List.of(new Test(0, 1, 0, 0.001)), 0.05))
        .containsExactly(new Ranks(1, 2), new Ranks(1, 2));
  }

  @org.junit.jupiter.api.Test
  void testsAreAdjustedForEachOther() {
    // Holm: 0.01 * 3 = 0.03 is proven, 0.03 * 2 = 0.06 is not, nor what comes after it.
    List<Test> tests =
        List.of(new Test(0, 1, 0.2, 0.03), new Test(0, 2, 0.3, 0.01), new Test(1, 2, 0.1, 0.04));
    assertThat(RankIntervals.of(3, tests, 0.05))
        .containsExactly(new Ranks(2, 3), new Ranks(1, 3), new Ranks(1, 2));
  }

  @org.junit.jupiter.api.Test
  void runsThatAreAllProvenApartHaveOneRankEach() {
    List<Test> tests =
        List.of(
            new Test(0, 1, 0.2, 0.001), new Test(0, 2, -0.3, 0.001), new Test(1, 2, -0.5, 0.001));
    assertThat(RankIntervals.of(3, tests, 0.05))
        .containsExactly(new Ranks(2, 2), new Ranks(1, 1), new Ranks(3, 3));
  }
}
