package dev.refract.reports.gate;

import dev.refract.reports.compare.Comparer;
import dev.refract.reports.compare.Join;
import dev.refract.reports.compare.Mismatch;
import dev.refract.reports.compare.RunData;
import dev.refract.reports.compare.ScoredQuestion;
import dev.refract.reports.compare.Throughputs;
import dev.refract.reports.gate.GatePolicy.Rules;
import dev.refract.reports.gate.GateReport.Check;
import dev.refract.reports.gate.GateReport.Subject;
import dev.refract.reports.gate.GateVerdict.Inconclusive;
import dev.refract.reports.gate.GateVerdict.Pass;
import dev.refract.reports.gate.GateVerdict.Refused;
import dev.refract.reports.gate.GateVerdict.Regression;
import dev.refract.reports.result.CaptionHealth;
import dev.refract.reports.result.Summary;
import dev.refract.reports.stats.Difference;
import dev.refract.reports.stats.Multiplicity;
import dev.refract.reports.stats.PairedDifference;
import dev.refract.reports.stats.Power;
import dev.refract.reports.stats.ThroughputRatio;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Holds a candidate against a baseline by a policy: non-inferiority with margin m (Piaggio et al.
/// 2012, JAMA 308:2594).
///
/// With L and U the one-sided bounds of the clustered difference at alpha: L > −m passes, else U <
/// 0 is a regression, else it is inconclusive. All benchmarks must pass, which needs no correction
/// (intersection-union); flagging any of several groups is Holm-adjusted.
public final class Gate {

  private final GatePolicy policy;
  private final RunData baseline;
  private final RunData candidate;
  private final double alpha;
  private final int attempts;
  private final List<Check> checks = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private Gate(GatePolicy policy, RunData baseline, RunData candidate, int attempts) {
    this.policy = policy;
    this.baseline = baseline;
    this.candidate = candidate;
    this.attempts = attempts;
    this.alpha = policy.level() / attempts;
  }

  /// @param meant differences between the runs that are allowed
  /// @param attempts candidates of this commit so far, this one included
  public static GateReport judge(
      GatePolicy policy, RunData baseline, RunData candidate, Set<Mismatch> meant, int attempts) {
    Gate gate = new Gate(policy, baseline, candidate, attempts);
    List<Mismatch> found = new ArrayList<>(Mismatch.between(baseline.record(), candidate.record()));
    found.removeAll(meant);
    if (found.isEmpty()) {
      gate.check();
    } else {
      gate.checks.add(
          new Check(
              Subject.DATA,
              "comparability",
              new Refused("the runs differ in " + String.join(", ", words(found)))));
    }
    return new GateReport(
        baseline.name(),
        candidate.name(),
        baseline.digest(),
        candidate.digest(),
        gate.alpha,
        attempts,
        policy.failsInconclusive(),
        List.copyOf(gate.checks),
        List.copyOf(gate.warnings));
  }

  private static List<String> words(List<Mismatch> found) {
    return found.stream().map(Mismatch::toString).toList();
  }

  private void check() {
    Join join = Join.of(ScoredQuestion.of(baseline.items()), ScoredQuestion.of(candidate.items()));
    if (join.unmatched() > 0) {
      checks.add(
          new Check(
              Subject.DATA,
              "comparability",
              new Refused(join.unmatched() + " questions have no partner in the other run")));
    }
    Map<String, PairedDifference> byBenchmark = Comparer.paired(join, m -> m.a().dataset());
    byBenchmark.forEach(this::benchmark);
    for (String named :
        policy.benchmarks() == null ? List.<String>of() : policy.benchmarks().keySet()) {
      if (!byBenchmark.containsKey(named)) {
        checks.add(
            new Check(
                Subject.DATA,
                named,
                new Refused("the policy names it, and the runs do not have it")));
      }
    }
    GatePolicy.Suite suite = policy.suite();
    if (suite != null) {
      suite(suite, List.copyOf(byBenchmark.values()));
    }
    if (policy.groups() != null) {
      groups(Comparer.paired(join, m -> m.a().group()), policy.groups());
    }
    GatePolicy.Throughput throughput = policy.throughput();
    if (throughput != null) {
      throughput(throughput.minRatio());
    }
  }

  private void benchmark(String name, PairedDifference paired) {
    Rules rules = policy.rules(name);
    Summary.Group group = groupOf(candidate, name);
    if (tooFew(rules.minQuestions(), paired.n()) || tooFew(rules.minImages(), paired.images())) {
      checks.add(
          new Check(
              Subject.DATA,
              name,
              new Refused(
                  "%d questions on %d images; the policy asks for at least %s questions and %s images"
                      .formatted(
                          paired.n(),
                          paired.images(),
                          rules.minQuestions() == null ? "any" : rules.minQuestions(),
                          rules.minImages() == null ? "any" : rules.minImages()))));
    }
    if (rules.maxFailed() != null) {
      failures(name, "the candidate's", group, rules.maxFailed());
      failures(name, "the baseline's", groupOf(baseline, name), rules.maxFailed());
    }
    if (rules.maxUnparsed() != null) {
      limit(
          Subject.RATE,
          name,
          "%.1f %% of its answers are unparsed, at most %.1f %% may be",
          100.0 * group.outcomes().unparsed() / group.answers(),
          rules.maxUnparsed());
    }
    if (rules.margin() != null) {
      warn(name, paired, rules.margin());
      checks.add(accuracy(name, paired.difference(), rules.margin(), paired.n(), paired.images()));
    }
  }

  private static Summary.Group groupOf(RunData run, String name) {
    return run.summary().datasets().stream()
        .filter(g -> g.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /// What failed was never judged: a baseline that lost its server would let anything pass.
  private void failures(String name, String whose, Summary.Group group, double most) {
    double share = 100.0 * group.outcomes().failed() / group.answers();
    if (share > most) {
      checks.add(
          new Check(
              Subject.RATE,
              name,
              new Refused(
                  "%.1f %% of %s answers failed, at most %.1f %% may"
                      .formatted(share, whose, most))));
    }
  }

  private static boolean tooFew(@Nullable Integer least, int found) {
    return least != null && found < least;
  }

  private void limit(Subject subject, String name, String words, double found, double most) {
    String said = String.format(java.util.Locale.ROOT, words, found, most);
    checks.add(new Check(subject, name, found > most ? new Regression(said) : new Pass(said)));
  }

  /// Says so where the data can hardly prove what the policy asks.
  private void warn(String name, PairedDifference paired, double margin) {
    Power power = new Power(paired.n(), paired.discordance(), paired.designEffect(), alpha);
    if (margin > 0 && power.margin() > margin / 100) {
      warnings.add(
          "%s: a margin of %.1f points is finer than %,d questions can prove (%.1f); it would need about %,.0f"
              .formatted(
                  name,
                  margin,
                  paired.n(),
                  100 * power.margin(),
                  power.questionsFor(margin / 100)));
    } else if (margin == 0) {
      warnings.add(
          name + ": with a margin of 0 only a proven gain passes; an equal candidate never does");
    }
  }

  private Check accuracy(String name, Difference difference, double margin, int n, int images) {
    return new Check(
        Subject.ACCURACY,
        name,
        judged(difference, margin),
        new GateReport.Figures(
            difference.delta(),
            difference.lowerBound(alpha),
            difference.upperBound(alpha),
            difference.standardError(),
            difference.degrees(),
            margin / 100,
            n,
            images));
  }

  private GateVerdict judged(Difference difference, double margin) {
    if (!difference.isKnown()) {
      return new Inconclusive("questions on one image prove nothing");
    }
    double low = difference.lowerBound(alpha);
    double high = difference.upperBound(alpha);
    String words =
        "%+.1f points [%.1f, %.1f], margin %.1f"
            .formatted(100 * difference.delta(), 100 * low, 100 * high, margin);
    if (low > -margin / 100) {
      return new Pass(high < 0 ? words + "; worse, but within the margin" : words);
    }
    return high < 0 ? new Regression(words) : new Inconclusive(words);
  }

  private void suite(GatePolicy.Suite suite, List<PairedDifference> parts) {
    if (suite.margin() != null && !parts.isEmpty()) {
      checks.add(
          accuracy(
              "suite (macro mean)",
              Difference.macro(parts),
              suite.margin(),
              parts.stream().mapToInt(PairedDifference::n).sum(),
              parts.stream().mapToInt(PairedDifference::images).sum()));
    }
    CaptionHealth health = candidate.summary().health();
    if (suite.maxTruncated() != null && health.captions() > 0) {
      limit(
          Subject.CAPTIONS,
          "captions",
          "%.1f %% are truncated, at most %.1f %% may be",
          100.0 * health.truncated() / health.captions(),
          suite.maxTruncated());
    }
    if (suite.maxCaptionWords() != null) {
      limit(
          Subject.CAPTIONS,
          "captions",
          "%.0f words each, at most %.0f",
          health.words(),
          suite.maxCaptionWords());
    }
  }

  /// A group that is proven to have dropped is a regression, Holm-adjusted over those that are
  /// named.
  private void groups(Map<String, PairedDifference> all, List<String> named) {
    Map<String, PairedDifference> there = new LinkedHashMap<>();
    for (String name : named) {
      PairedDifference group = all.get(name);
      if (group == null) {
        checks.add(
            new Check(
                Subject.GROUP,
                name,
                new Refused("no such group; there are " + String.join(", ", all.keySet()))));
      } else {
        there.put(name, group);
      }
    }
    double[] adjusted =
        Multiplicity.holm(
            there.values().stream().mapToDouble(g -> g.difference().chanceOfDrop()).toArray());
    int i = 0;
    for (Map.Entry<String, PairedDifference> group : there.entrySet()) {
      String words =
          "%+.1f points over %d questions, p %.3f of a drop (Holm)"
              .formatted(100 * group.getValue().delta(), group.getValue().n(), adjusted[i]);
      checks.add(
          new Check(
              Subject.GROUP,
              group.getKey(),
              adjusted[i] < alpha ? new Regression(words) : new Pass(words)));
      i++;
    }
  }

  private void throughput(double least) {
    Optional<ThroughputRatio> found = Throughputs.ratio(baseline, candidate);
    if (found.isEmpty()) {
      checks.add(
          new Check(
              Subject.THROUGHPUT,
              "captions/s",
              new Refused(Throughputs.obstacle(baseline, candidate))));
      return;
    }
    ThroughputRatio ratio = found.get();
    String words =
        "%.2f times the baseline's [%.2f, %.2f], at least %.2f"
            .formatted(ratio.ratio(), ratio.low(), ratio.high(), least);
    GateVerdict verdict;
    if (ratio.lowerBound(alpha) > least) {
      verdict = new Pass(words);
    } else if (ratio.upperBound(alpha) < least) {
      verdict = new Regression(words);
    } else {
      verdict = new Inconclusive(words);
    }
    checks.add(new Check(Subject.THROUGHPUT, "captions/s", verdict));
  }
}
