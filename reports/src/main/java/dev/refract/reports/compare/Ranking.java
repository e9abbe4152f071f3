package dev.refract.reports.compare;

import dev.refract.reports.stats.Difference;
import dev.refract.reports.stats.PairedDifference;
import dev.refract.reports.stats.RankIntervals;
import dev.refract.reports.stats.RankIntervals.Ranks;
import dev.refract.reports.stats.SignFlip;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Several runs on the same questions: all pairs, and the range of ranks of each run.
///
/// @param order indices of the runs in the given list, best first
/// @param pairs every pair once, the run with the lower accuracy first
/// @param ranks of each run, in the given order
public record Ranking(List<Integer> order, List<Pair> pairs, List<Ranks> ranks) {

  /// @param accuracy macro mean, as a share
  public record Run(String name, double accuracy, List<ScoredQuestion> questions) {

    static Run of(RunData run) {
      return new Run(
          run.name(), run.summary().overall().accuracy().mean(), ScoredQuestion.of(run.items()));
    }
  }

  /// @param difference score of the higher minus the lower: macro mean over the benchmarks
  /// @param changed questions whose scores differ
  /// @param n questions that both answered; 0 when they share none
  public record Pair(int lower, int higher, Difference difference, double p, int changed, int n) {}

  /// @throws IllegalArgumentException when two runs share no question
  public static Ranking ofRuns(List<RunData> runs, double alpha, long seed) {
    Ranking ranking = of(runs.stream().map(Run::of).toList(), alpha, seed);
    for (Pair pair : ranking.pairs) {
      if (pair.n == 0) {
        throw new IllegalArgumentException(
            "%s and %s have no question in common"
                .formatted(runs.get(pair.lower).name(), runs.get(pair.higher).name()));
      }
    }
    return ranking;
  }

  /// Nothing is proven between two runs that share no question.
  public static Ranking of(List<Run> runs, double alpha, long seed) {
    List<Integer> order =
        IntStream.range(0, runs.size())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -runs.get(i).accuracy))
            .toList();
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      for (int j = i + 1; j < order.size(); j++) {
        pairs.add(pair(runs, order.get(j), order.get(i), seed));
      }
    }
    List<RankIntervals.Test> tests =
        pairs.stream()
            .map(p -> new RankIntervals.Test(p.lower, p.higher, p.difference.delta(), p.p))
            .toList();
    return new Ranking(order, pairs, RankIntervals.of(runs.size(), tests, alpha));
  }

  private static Pair pair(List<Run> runs, int a, int b, long seed) {
    Join join = Join.of(runs.get(a).questions, runs.get(b).questions);
    if (join.matched().isEmpty()) {
      return new Pair(a, b, Difference.UNKNOWN, 1, 0, 0);
    }
    List<PairedDifference> parts =
        List.copyOf(Comparer.paired(join, m -> m.a().dataset()).values());
    return new Pair(
        a,
        b,
        Difference.macro(parts),
        SignFlip.p(PairedDifference.macroSums(parts), SignFlip.RESAMPLES, seed),
        parts.stream().mapToInt(part -> part.better() + part.worse()).sum(),
        join.matched().size());
  }
}
