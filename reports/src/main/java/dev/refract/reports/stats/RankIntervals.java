package dev.refract.reports.stats;

import java.util.ArrayList;
import java.util.List;

/// The range of ranks of each of M runs: [1 + number proven better, M − number proven worse]. Every
/// pair is tested by its paired clustered difference, and all tests are Holm-adjusted.
public final class RankIntervals {

  private RankIntervals() {}

  /// @param best the rank if every unproven difference is in its favour
  /// @param worst the rank if none is
  public record Ranks(int best, int worst) {}

  /// The test of one pair of runs.
  ///
  /// @param delta score of the second minus score of the first
  /// @param p unadjusted
  public record Test(int first, int second, double delta, double p) {}

  /// @param runs number of runs
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
