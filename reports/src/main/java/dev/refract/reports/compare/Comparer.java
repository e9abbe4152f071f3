package dev.refract.reports.compare;

import dev.refract.reports.compare.Comparison.Flip;
import dev.refract.reports.compare.Comparison.Row;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.Trial;
import dev.refract.reports.stats.Difference;
import dev.refract.reports.stats.Multiplicity;
import dev.refract.reports.stats.PairedDifference;
import dev.refract.reports.stats.PairedDifference.Pair;
import dev.refract.reports.stats.Power;
import dev.refract.reports.stats.SignFlip;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Compares runs: a pure function of their records.
///
/// @param alpha significance level of verdicts and of detectable differences
/// @param resamples of the sign-flip test
/// @param seed of the sign-flip test
/// @param flips number of changed questions to report
public record Comparer(double alpha, int resamples, long seed, int flips) {

  private static final double CONFIDENCE = 0.95;

  /// The settings of published figures.
  public static final Comparer USUAL = new Comparer(0.05, SignFlip.RESAMPLES, 0, 10);

  /// Compares every candidate to the baseline; p-values of one benchmark are Holm-adjusted over the
  /// candidates.
  ///
  /// @throws IllegalArgumentException when a candidate shares no question with the baseline
  public List<Comparison> compare(RunData baseline, List<RunData> candidates) {
    List<Comparison> raw = candidates.stream().map(c -> compare(baseline, c)).toList();
    List<String> names =
        raw.stream().flatMap(c -> c.rows().stream()).map(Row::name).distinct().toList();
    Map<String, Map<Comparison, Double>> adjusted = new LinkedHashMap<>();
    for (String name : names) {
      List<Comparison> with =
          raw.stream().filter(c -> c.rows().stream().anyMatch(r -> r.name().equals(name))).toList();
      double[] p = with.stream().mapToDouble(c -> row(c, name).p()).toArray();
      double[] holm = Multiplicity.holm(p);
      Map<Comparison, Double> byCandidate = new IdentityHashMap<>(); // names may be equal
      for (int i = 0; i < with.size(); i++) {
        byCandidate.put(with.get(i), holm[i]);
      }
      adjusted.put(name, byCandidate);
    }
    return raw.stream()
        .map(c ->
            adjusted(
                c,
                row -> Objects.requireNonNull(adjusted.get(row.name())).getOrDefault(c, row.p())))
        .toList();
  }

  private static Row row(Comparison comparison, String name) {
    return comparison.rows().stream().filter(r -> r.name().equals(name)).findFirst().orElseThrow();
  }

  private static Comparison adjusted(Comparison c, Function<Row, Double> p) {
    return new Comparison(
        c.baseline(),
        c.candidate(),
        c.meant(),
        c.remarks(),
        c.unmatched(),
        c.rows().stream().map(row -> row.adjusted(p.apply(row))).toList(),
        c.categories(),
        c.throughput(),
        c.flips());
  }

  private Comparison compare(RunData a, RunData b) {
    Join join = Join.of(ScoredQuestion.of(a.items()), ScoredQuestion.of(b.items()));
    if (join.matched().isEmpty()) {
      throw new IllegalArgumentException(
          "%s and %s have no question in common".formatted(a.name(), b.name()));
    }
    Map<String, PairedDifference> byDataset = paired(join, m -> m.a().dataset());
    List<Row> rows = new ArrayList<>();
    Map<String, FailureBounds> bounds = FailureBounds.of(join, m -> m.a().dataset());
    byDataset.forEach(
        (dataset, paired) -> rows.add(row(dataset, paired).with(bounds.get(dataset))));
    if (byDataset.size() > 1) {
      rows.add(suite(List.copyOf(byDataset.values())));
    }
    return new Comparison(
        a.name(),
        b.name(),
        Mismatch.between(a.record(), b.record()),
        Mismatch.remarks(a.record(), b.record()),
        join.unmatched(),
        rows,
        categories(join),
        Throughputs.compare(a, b),
        flips(join, a, b));
  }

  /// The questions of a join as pairs of scores, grouped by a name.
  public static Map<String, PairedDifference> paired(Join join, Function<Join.Match, String> name) {
    return join.matched().stream()
        .collect(
            Collectors.groupingBy(
                name,
                LinkedHashMap::new,
                Collectors.collectingAndThen(
                    Collectors.mapping(Comparer::pair, Collectors.toList()),
                    PairedDifference::of)));
  }

  private static Pair pair(Join.Match match) {
    return new Pair(match.a().cluster(), match.a().score(), match.b().score());
  }

  private Row row(String name, PairedDifference paired) {
    return Row.of(
        name,
        paired,
        paired.difference(),
        paired.signFlip(resamples, seed),
        CONFIDENCE,
        detectable(paired));
  }

  /// The detectable difference; NaN where the images are too few to prove anything even if all
  /// change the same way: the smallest p of the sign-flip test is 2 / 2^images.
  private double detectable(PairedDifference paired) {
    return SignFlip.canProve(paired.images(), alpha)
        ? Power.of(paired, alpha).detectable()
        : Double.NaN;
  }

  /// The mean over benchmarks, each with the same weight.
  private Row suite(List<PairedDifference> parts) {
    double p = SignFlip.p(PairedDifference.macroSums(parts), resamples, seed);
    Difference difference = Difference.macro(parts);
    boolean provable = parts.stream().allMatch(part -> SignFlip.canProve(part.images(), alpha));
    double detectable = provable ? Power.detectable(difference.standardError(), alpha) : Double.NaN;
    return new Row(
        Comparison.SUITE,
        parts.stream().mapToInt(PairedDifference::n).sum(),
        parts.stream().mapToInt(PairedDifference::images).sum(),
        parts.stream().mapToDouble(PairedDifference::meanA).average().orElseThrow(),
        parts.stream().mapToDouble(PairedDifference::meanB).average().orElseThrow(),
        new Comparison.PairedEstimate(
            difference.delta(),
            difference.low(CONFIDENCE),
            difference.high(CONFIDENCE),
            Double.NaN,
            difference.standardError(),
            difference.degrees()),
        p,
        p,
        parts.stream().mapToInt(PairedDifference::better).sum(),
        parts.stream().mapToInt(PairedDifference::worse).sum(),
        detectable,
        null);
  }

  private List<Row> categories(Join join) {
    Map<String, PairedDifference> groups = paired(join, m -> m.a().group());
    if (groups.size() < 2) {
      return List.of();
    }
    List<Row> rows = new ArrayList<>();
    groups.forEach((name, paired) -> rows.add(row(name, paired)));
    double[] adjusted = Multiplicity.benjaminiHochberg(rows.stream().mapToDouble(Row::p).toArray());
    List<Row> result = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      result.add(rows.get(i).adjusted(adjusted[i]));
    }
    return result;
  }

  private List<Flip> flips(Join join, RunData a, RunData b) {
    List<String> keys =
        join.matched().stream()
            .filter(m -> m.gain() != 0)
            .sorted(
                Comparator.comparingDouble((Join.Match m) -> -Math.abs(m.gain()))
                    .thenComparingDouble(Join.Match::gain))
            .limit(flips)
            .map(m -> m.a().key())
            .toList();
    Map<String, ItemResult> before = byKey(a, keys);
    Map<String, ItemResult> after = byKey(b, keys);
    return keys.stream()
        .map(key ->
            flip(
                Objects.requireNonNull(before.get(key)),
                Objects.requireNonNull(after.get(key)),
                a,
                b))
        .toList();
  }

  private static Map<String, ItemResult> byKey(RunData run, List<String> keys) {
    Set<String> wanted = Set.copyOf(keys);
    Map<String, ItemResult> found = new HashMap<>();
    for (ItemResult item : run.items()) {
      String key = ScoredQuestion.key(item);
      if (wanted.contains(key)) {
        found.put(key, item);
      }
    }
    return found;
  }

  private static Flip flip(ItemResult before, ItemResult after, RunData a, RunData b) {
    return new Flip(
        before.dataset(),
        before.questionId(),
        before.question(),
        before.images(),
        before.golds(),
        before.score(),
        after.score(),
        answers(before),
        answers(after),
        changes(caption(before, a), caption(after, b)));
  }

  /// A caption that is missing was not deleted: there is nothing to compare.
  private static List<WordDiff.Segment> changes(String before, String after) {
    return before.isBlank() || after.isBlank() ? List.of() : WordDiff.of(before, after);
  }

  private static List<String> answers(ItemResult item) {
    return item.scoredTrials().map(trial -> trial.outcome().shown()).distinct().toList();
  }

  /// The captions of the question's first trial.
  private static String caption(ItemResult item, RunData run) {
    return item.trials().stream().findFirst().map(Trial::captions).orElse(List.of()).stream()
        .map(fingerprint -> run.captions().get(fingerprint))
        .filter(Objects::nonNull)
        .map(CaptionRecord::text)
        .filter(Objects::nonNull)
        .collect(Collectors.joining("\n"));
  }
}
