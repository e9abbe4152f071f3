package dev.refract.reports.stats;

import java.util.ArrayList;
import java.util.List;

/// Between which ranks each of several runs lies: [1 + how many are proven better, M − how many are
/// proven worse], every pair tested by its paired clustered difference, all tests Holm-adjusted.
public final class RankIntervals {

  private RankIntervals() {}

  /// @param best the rank if everything unproven goes well
  /// @param worst the rank if nothing does
  public record Ranks(int best, int worst) {}

  /// One pair of runs: which is proven better.
  ///
  /// @param delta of the second over the first
  /// @param p unadjusted
  public record Test(int first, int second, double delta, double p) {}

  /// @param runs how many there are
  /// @param tests of all pairs
  public static List<Ranks> of(int runs, List<Test> tests, double alpha) {
    double[] adjusted = Multiplicity.holm(tests.stream().mapToDouble(Test::p).toArray());
    int[] better = new int[runs];
    int[] worse = new int[runs];
    for (int t = 0; t < tests.size(); t++) {
      Test test = tests.get(t);
      if (adjusted[t] < alpha && test.delta != 0) {
        int winner = test.delta > 0 ? test.second : test.first;
        int loser = test.delta > 0 ? test.first : test.second;
        better[loser]++;
        worse[winner]++;
      }
    }
    List<Ranks> ranks = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      ranks.add(new Ranks(1 + better[run], runs - worse[run]));
    }
    return ranks;
  }
}
