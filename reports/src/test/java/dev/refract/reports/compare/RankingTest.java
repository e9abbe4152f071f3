package dev.refract.reports.compare;

import static dev.refract.reports.compare.SmallRuns.items;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.refract.reports.compare.Ranking.Run;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.stats.RankIntervals.Ranks;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Several runs, two at a time.
class RankingTest {

  @Test
  void theBestStandsFirstAndEveryPairIsToldOnceTheLowerFirst() {
    Ranking ranking = Ranking.of(List.of(run("mid", 4), run("low", 0), run("top", 12)), 0.05, 1);
    assertThat(ranking.order()).containsExactly(2, 0, 1);
    assertThat(ranking.pairs().stream().map(p -> List.of(p.lower(), p.higher())))
        .containsExactly(List.of(0, 2), List.of(1, 2), List.of(1, 0));
    assertThat(ranking.pairs().stream().map(Ranking.Pair::changed)).containsExactly(8, 12, 4);
    assertThat(ranking.pairs().stream().map(Ranking.Pair::n)).containsExactly(12, 12, 12);
    assertThat(ranking.pairs().getFirst().difference().delta()).isCloseTo(8 / 12.0, within(1e-12));
    assertThat(ranking.pairs().getLast().difference().delta()).isCloseTo(4 / 12.0, within(1e-12));
  }

  @Test
  void onlyProvenDifferencesPartTheRanks() {
    // All 12 or 8 images one way are proven; 4 of 4 that differ have p = 2 / 16.
    Ranking ranking = Ranking.of(List.of(run("mid", 4), run("low", 0), run("top", 12)), 0.05, 1);
    assertThat(ranking.pairs().get(2).p()).isCloseTo(0.125, within(0.02));
    assertThat(ranking.ranks()).containsExactly(new Ranks(2, 3), new Ranks(2, 3), new Ranks(1, 1));
  }

  @Test
  void runsThatScoreAlikeKeepTheirOrderAndShareTheirRanks() {
    Ranking ranking = Ranking.of(List.of(run("a", 3), run("b", 3)), 0.05, 1);
    assertThat(ranking.order()).containsExactly(0, 1);
    assertThat(ranking.pairs().getFirst().changed()).isZero();
    assertThat(ranking.pairs().getFirst().p()).isEqualTo(1);
    assertThat(ranking.ranks()).containsExactly(new Ranks(1, 2), new Ranks(1, 2));
  }

  @Test
  void noneAndOneHaveNoPairs() {
    assertThat(Ranking.of(List.of(), 0.05, 1))
        .isEqualTo(new Ranking(List.of(), List.of(), List.of()));
    assertThat(Ranking.of(List.of(run("a", 3)), 0.05, 1))
        .isEqualTo(new Ranking(List.of(0), List.of(), List.of(new Ranks(1, 1))));
  }

  @Test
  void theDifferenceIsTheMeanOverBenchmarks() {
    List<ScoredQuestion> before = questions(items("charts", 0, 0), items("tables", 0, 0, 0, 0));
    List<ScoredQuestion> after = questions(items("charts", 1, 1), items("tables", 0, 0, 0, 0));
    Ranking ranking =
        Ranking.of(List.of(new Run("a", 0, before), new Run("b", 0.5, after)), 0.05, 1);
    assertThat(ranking.pairs().getFirst().difference().delta()).isEqualTo(0.5);
    assertThat(ranking.pairs().getFirst().n()).isEqualTo(6);
  }

  @Test
  void runsAreRankedByTheirMacroMean() {
    Ranking ranking =
        Ranking.ofRuns(
            List.of(
                SmallRuns.run("a", items("charts", 0, 1)),
                SmallRuns.run("b", items("charts", 1, 1))),
            0.05,
            1);
    assertThat(ranking.order()).containsExactly(1, 0);
    assertThat(ranking.pairs().getFirst().n()).isEqualTo(2);
  }

  @Test
  void twoRunsWithoutACommonQuestionAreNamed() {
    List<RunData> runs =
        List.of(
            SmallRuns.run("first", items("charts", 1)), SmallRuns.run("second", items("maps", 1)));
    assertThatThrownBy(() -> Ranking.ofRuns(runs, 0.05, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("first", "second");
  }

  @Test
  void nothingIsProvenBetweenRunsWithoutACommonQuestion() {
    Run a = new Run("first", 1, ScoredQuestion.of(items("charts", 1, 1, 1)));
    Run b = new Run("second", 0, ScoredQuestion.of(items("maps", 0, 0, 0)));
    Ranking ranking = Ranking.of(List.of(a, b), 0.05, 1);
    assertThat(ranking.pairs().getFirst().n()).isZero();
    assertThat(ranking.pairs().getFirst().difference().isKnown()).isFalse();
    assertThat(ranking.ranks()).containsOnly(new Ranks(1, 2));
  }

  /// A run that is right on the first so many of twelve.
  private static Run run(String name, int right) {
    double[] scores = new double[12];
    Arrays.fill(scores, 0, right, 1);
    return new Run(name, right / 12.0, ScoredQuestion.of(items("charts", scores)));
  }

  private static List<ScoredQuestion> questions(List<ItemResult> a, List<ItemResult> b) {
    return Stream.concat(ScoredQuestion.of(a).stream(), ScoredQuestion.of(b).stream()).toList();
  }
}
