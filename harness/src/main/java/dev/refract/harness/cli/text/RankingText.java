package dev.refract.harness.cli.text;

import dev.refract.reports.compare.Ranking;
import dev.refract.reports.compare.Ranking.Pair;
import dev.refract.reports.compare.RunData;
import dev.refract.reports.stats.Difference;
import dev.refract.reports.stats.Multiplicity;
import dev.refract.reports.stats.RankIntervals.Ranks;
import java.util.ArrayList;
import java.util.List;

/// Formats all pairs of several runs and the range of ranks of each run.
///
/// @param margins gate margins, in points; the verdict of each is shown for each pair
public record RankingText(double alpha, long seed, List<Double> margins) {

  /// @throws IllegalArgumentException when two runs share no question
  public String of(List<RunData> runs) {
    Ranking standings = Ranking.ofRuns(runs, alpha, seed);
    List<Pair> pairs = standings.pairs();
    double[] adjusted = Multiplicity.holm(pairs.stream().mapToDouble(Pair::p).toArray());
    List<List<String>> lines = new ArrayList<>();
    lines.add(head());
    for (int i = 0; i < pairs.size(); i++) {
      lines.add(line(pairs.get(i), adjusted[i], runs));
    }
    return TextTable.columns(lines, 2, "") + "\n" + ranks(runs, standings);
  }

  private List<String> head() {
    List<String> head =
        new ArrayList<>(
            List.of("baseline", "candidate", "delta", "95% interval", "p", "Holm", "changed"));
    margins.forEach(margin -> head.add("gate at %s".formatted(points(margin))));
    margins.forEach(margin -> head.add("reverse at %s".formatted(points(margin))));
    return head;
  }

  private List<String> line(Pair pair, double adjusted, List<RunData> runs) {
    Difference d = pair.difference();
    List<String> line =
        new ArrayList<>(
            List.of(
                runs.get(pair.lower()).name(),
                runs.get(pair.higher()).name(),
                "%+.1f".formatted(100 * d.delta()),
                "[%.1f, %.1f]".formatted(100 * d.low(0.95), 100 * d.high(0.95)),
                "%.4f".formatted(pair.p()),
                "%.4f".formatted(adjusted),
                "%d of %d".formatted(pair.changed(), pair.n())));
    Difference back = new Difference(-d.delta(), d.standardError(), d.degrees());
    margins.forEach(margin -> line.add(gate(d, margin)));
    margins.forEach(margin -> line.add(gate(back, margin)));
    return line;
  }

  /// The verdict of a gate with this margin on the candidate.
  private String gate(Difference d, double margin) {
    if (d.lowerBound(alpha) > -margin / 100) {
      return "pass";
    }
    return d.upperBound(alpha) < 0 ? "regression" : "inconclusive";
  }

  private static String ranks(List<RunData> runs, Ranking standings) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("run", "accuracy", "ranks"));
    for (int run : standings.order()) {
      Ranks between = standings.ranks().get(run);
      lines.add(
          List.of(
              runs.get(run).name(),
              "%.1f%%".formatted(100 * runs.get(run).summary().overall().accuracy().mean()),
              between.best() == between.worst()
                  ? "" + between.best()
                  : between.best() + " to " + between.worst()));
    }
    return TextTable.columns(lines, 1, "");
  }

  private static String points(double margin) {
    return margin == Math.rint(margin) ? "" + (long) margin : "" + margin;
  }
}
