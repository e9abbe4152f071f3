package dev.refract.reports.gate;

import dev.refract.reports.compare.Comparer;
import dev.refract.reports.compare.Evidence;
import dev.refract.reports.compare.FailureBounds;
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
import dev.refract.reports.result.ReplyEnds;
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
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Checks a candidate against a baseline by a policy: non-inferiority with margin m (Piaggio et al.
/// 2012, JAMA 308:2594).
///
/// With L and U the one-sided bounds of the clustered difference at alpha: L > −m passes; otherwise
/// U < 0 is a regression; otherwise the result is inconclusive. All benchmarks must pass, which
/// needs no correction (intersection-union); flagging any of several groups is Holm-adjusted.
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

  /// @param meant accepted differences between the runs
  /// @param attempts number of candidates of this commit so far, including this one
  public static GateReport judge(
      GatePolicy policy, RunData baseline, RunData candidate, Set<Mismatch> meant, int attempts) {
    Gate gate = new Gate(policy, baseline, candidate, attempts);
    List<Mismatch> found = new ArrayList<>(Mismatch.between(baseline.record(), candidate.record()));
    found.removeAll(meant);
    gate.warnings.addAll(Mismatch.remarks(baseline.record(), candidate.record()));
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
              new Refused(join.unmatched() + " questions have no match in the other run")));
    }
    Map<String, PairedDifference> byBenchmark = Comparer.paired(join, m -> m.a().dataset());
    byBenchmark.forEach(this::benchmark);
    FailureBounds.of(join, m -> m.a().dataset())
        .forEach((name, bounds) ->
            warnings.add(name + ": " + bounds.words(baseline.name(), candidate.name())));
    ends("captions", candidate.summary().health().ends());
    ends("answers", candidate.summary().answerEnds());
    for (String named :
        policy.benchmarks() == null ? List.<String>of() : policy.benchmarks().keySet()) {
      if (!byBenchmark.containsKey(named)) {
        checks.add(
            new Check(
                Subject.DATA,
                named,
                new Refused("the policy names it, but the runs do not have it")));
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
                  "%d questions on %d images; the policy's minimum is %s questions and %s images"
                      .formatted(
                          paired.n(),
                          paired.images(),
                          rules.minQuestions() == null ? "any" : rules.minQuestions(),
                          rules.minImages() == null ? "any" : rules.minImages()))));
    }
    double maxFailed = Objects.requireNonNullElse(rules.maxFailed(), Evidence.MAX_FAILED);
    failures(name, "the candidate's", group, maxFailed);
    failures(name, "the baseline's", groupOf(baseline, name), maxFailed);
    if (rules.maxUnparsed() != null) {
      limit(
          Subject.RATE,
          name,
          "%.1f %% of its answers are unparsed; the limit is %.1f %%",
          100.0 * group.outcomes().unparsed() / group.answers(),
          rules.maxUnparsed());
    }
    if (rules.margin() != null) {
      Check check =
          accuracy(name, paired.difference(), rules.margin(), paired.n(), paired.images());
      checks.add(check);
      if (!(check.verdict() instanceof Pass)) {
        warn(name, paired, rules.margin());
      }
    }
  }

  /// Warns of replies without the content that they should have.
  private void ends(String what, ReplyEnds ends) {
    if (!ends.equals(ReplyEnds.NONE)) {
      warnings.add("the candidate's %s: %s".formatted(what, ends.words()));
    }
  }

  private static Summary.Group groupOf(RunData run, String name) {
    return run.summary().datasets().stream()
        .filter(g -> g.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /// Refuses runs with too many failures: failed answers are not evidence, and a baseline that lost
  /// its server would let any candidate pass.
  private void failures(String name, String whose, Summary.Group group, double most) {
    double share = Evidence.failed(group);
    if (share > most) {
      checks.add(
          new Check(
              Subject.RATE,
              name,
              new Refused(
                  "%.1f %% of %s answers failed; the limit is %.1f %%"
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

  /// Warns where the data can hardly prove what the policy requires.
  private void warn(String name, PairedDifference paired, double margin) {
    Power power = Power.of(paired, alpha);
    if (margin > 0 && power.margin() > margin / 100) {
      warnings.add(
          ("%s: a margin of %.1f points is finer than %,d questions can prove (%.1f);"
                  + " about %,.0f questions are needed")
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
      return new Inconclusive("questions on a single image cannot prove a difference");
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
          "%.1f %% are truncated; the limit is %.1f %%",
          100.0 * health.truncated() / health.captions(),
          suite.maxTruncated());
    }
    if (suite.maxEmpty() != null && health.captions() > 0) {
      limit(
          Subject.CAPTIONS,
          "captions",
          "%.1f %% are empty; the limit is %.1f %%",
          100.0 * health.ends().empty() / health.captions(),
          suite.maxEmpty());
    }
    if (suite.maxFiltered() != null && health.captions() > 0) {
      limit(
          Subject.CAPTIONS,
          "captions",
          "%.1f %% are filtered or refused; the limit is %.1f %%",
          100.0 * health.ends().filtered() / health.captions(),
          suite.maxFiltered());
    }
    int answers = candidate.summary().overall().answers();
    if (suite.maxTruncatedAnswers() != null && answers > 0) {
      limit(
          Subject.RATE,
          "answers",
          "%.1f %% ended at the token limit; the limit is %.1f %%",
          100.0 * candidate.summary().answerEnds().truncated() / answers,
          suite.maxTruncatedAnswers());
    }
    if (suite.maxCaptionWords() != null) {
      limit(
          Subject.CAPTIONS,
          "captions",
          "%.0f words each; the limit is %.0f",
          health.words(),
          suite.maxCaptionWords());
    }
  }

  /// Checks the named groups: a proven drop is a regression, Holm-adjusted over these groups.
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
          "%+.1f points over %d questions, p %.3f for a drop (Holm)"
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
        "%.2f times the baseline's [%.2f, %.2f]; the minimum is %.2f"
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
