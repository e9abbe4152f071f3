package dev.refract.harness.cli;

import dev.refract.reports.compare.Comparer;
import dev.refract.reports.compare.Join;
import dev.refract.reports.compare.RunData;
import dev.refract.reports.stats.Difference;
import dev.refract.reports.stats.Multiplicity;
import dev.refract.reports.stats.PairedDifference;
import dev.refract.reports.stats.RankIntervals;
import dev.refract.reports.stats.RankIntervals.Ranks;
import dev.refract.reports.stats.SignFlip;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// All pairs of several runs, and between which ranks each run lies.
///
/// @param margins of gates, in points: what one would say of each pair
record RankingText(double alpha, long seed, List<Double> margins) {

  /// A pair, the one with the lower accuracy first.
  private record Pair(int lower, int higher, Difference difference, double p, int changed, int n) {}

  /// @throws IllegalArgumentException when two runs share no question
  String of(List<RunData> runs) {
    List<Integer> order =
        IntStream.range(0, runs.size())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> -accuracy(runs.get(i))))
            .toList();
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < order.size(); i++) {
      for (int j = i + 1; j < order.size(); j++) {
        pairs.add(pair(runs, order.get(j), order.get(i)));
      }
    }
    double[] adjusted = Multiplicity.holm(pairs.stream().mapToDouble(Pair::p).toArray());
    List<List<String>> lines = new ArrayList<>();
    lines.add(head());
    for (int i = 0; i < pairs.size(); i++) {
      lines.add(line(pairs.get(i), adjusted[i], runs));
    }
    return Aligned.columns(lines, 2, "") + "\n" + ranks(runs, order, pairs);
  }

  private static double accuracy(RunData run) {
    return run.summary().overall().accuracy().mean();
  }

  private Pair pair(List<RunData> runs, int a, int b) {
    Join join = Join.of(runs.get(a).items(), runs.get(b).items());
    if (join.matched().isEmpty()) {
      throw new IllegalArgumentException(
          "%s and %s have no question in common".formatted(runs.get(a).name(), runs.get(b).name()));
    }
    List<PairedDifference> parts =
        List.copyOf(Comparer.paired(join, m -> m.a().dataset()).values());
    double[] sums =
        parts.stream()
            .flatMapToDouble(
                part -> part.imageSums().stream().mapToDouble(sum -> sum / part.n() / parts.size()))
            .toArray();
    return new Pair(
        a,
        b,
        Difference.macro(parts),
        SignFlip.p(sums, SignFlip.RESAMPLES, seed),
        parts.stream().mapToInt(part -> part.better() + part.worse()).sum(),
        join.matched().size());
  }

  private List<String> head() {
    List<String> head =
        new ArrayList<>(
            List.of("baseline", "candidate", "delta", "95% interval", "p", "Holm", "changed"));
    margins.forEach(margin -> head.add("gate at %s".formatted(points(margin))));
    margins.forEach(margin -> head.add("back at %s".formatted(points(margin))));
    return head;
  }

  private List<String> line(Pair pair, double adjusted, List<RunData> runs) {
    Difference d = pair.difference;
    List<String> line =
        new ArrayList<>(
            List.of(
                runs.get(pair.lower).name(),
                runs.get(pair.higher).name(),
                "%+.1f".formatted(100 * d.delta()),
                "[%.1f, %.1f]".formatted(100 * d.low(0.95), 100 * d.high(0.95)),
                "%.4f".formatted(pair.p),
                "%.4f".formatted(adjusted),
                "%d of %d".formatted(pair.changed, pair.n)));
    Difference back = new Difference(-d.delta(), d.standardError(), d.degrees());
    margins.forEach(margin -> line.add(gate(d, margin)));
    margins.forEach(margin -> line.add(gate(back, margin)));
    return line;
  }

  /// What a gate with this margin says of the candidate.
  private String gate(Difference d, double margin) {
    if (d.lowerBound(alpha) > -margin / 100) {
      return "pass";
    }
    return d.upperBound(alpha) < 0 ? "regression" : "inconclusive";
  }

  private String ranks(List<RunData> runs, List<Integer> order, List<Pair> pairs) {
    List<Ranks> ranks =
        RankIntervals.of(
            runs.size(),
            pairs.stream()
                .map(p -> new RankIntervals.Test(p.lower, p.higher, p.difference.delta(), p.p))
                .toList(),
            alpha);
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("run", "accuracy", "ranks"));
    for (int run : order) {
      Ranks between = ranks.get(run);
      lines.add(
          List.of(
              runs.get(run).name(),
              "%.1f%%".formatted(100 * accuracy(runs.get(run))),
              between.best() == between.worst()
                  ? "" + between.best()
                  : between.best() + " to " + between.worst()));
    }
    return Aligned.columns(lines, 1, "");
  }

  private static String points(double margin) {
    return margin == Math.rint(margin) ? "" + (long) margin : "" + margin;
  }
}
