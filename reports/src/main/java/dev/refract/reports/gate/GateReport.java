package dev.refract.reports.gate;

import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The result of a gate.
///
/// @param baselineDigest of its results
/// @param candidateDigest of its results
/// @param alpha after it was divided by the attempts
/// @param attempts number of candidates of this commit so far, including this one; 1 where no
///   commit is known
/// @param failsInconclusive whether an inconclusive check fails the gate
/// @param warnings what the data cannot prove, whatever the verdict
public record GateReport(
    String baseline,
    String candidate,
    String baselineDigest,
    String candidateDigest,
    double alpha,
    int attempts,
    boolean failsInconclusive,
    List<Check> checks,
    List<String> warnings) {

  /// What is checked.
  public enum Subject {
    ACCURACY,
    GROUP,
    RATE,
    THROUGHPUT,
    CAPTIONS,
    DATA
  }

  /// The figures behind an accuracy's verdict, as shares.
  ///
  /// @param low the one-sided lower bound at alpha, which must be above −margin to pass
  /// @param high the one-sided upper bound at alpha
  public record Figures(
      double delta,
      double low,
      double high,
      double standardError,
      double degrees,
      double margin,
      int n,
      int images) {}

  /// @param name of the benchmark or group
  /// @param figures of an accuracy; null for other checks
  public record Check(
      Subject subject, String name, GateVerdict verdict, @Nullable Figures figures) {

    Check(Subject subject, String name, GateVerdict verdict) {
      this(subject, name, verdict, null);
    }

    /// As a line: `chartqa: regression, -6.1 points [-8.0, -4.2], margin 2.0`.
    public String line() {
      return "%s: %s, %s"
          .formatted(name, verdict.name(), verdict.words())
          .replaceAll("\\s+", " "); // names come from datasets
    }
  }

  /// The most severe verdict of all checks.
  public GateVerdict verdict() {
    return checks.stream()
        .map(Check::verdict)
        .max(Comparator.comparingInt(GateVerdict::gravity))
        .orElse(new GateVerdict.Refused("the policy checked nothing"));
  }

  /// Whether the candidate may pass.
  public boolean passes() {
    return switch (verdict()) {
      case GateVerdict.Pass _ -> true;
      case GateVerdict.Inconclusive _ -> !failsInconclusive;
      case GateVerdict.Regression _, GateVerdict.Refused _ -> false;
    };
  }

  /// In one sentence.
  public String headline() {
    long count = checks.stream().filter(c -> c.verdict().gravity() == verdict().gravity()).count();
    String accepted =
        verdict() instanceof GateVerdict.Inconclusive && passes()
            ? ", which the policy accepts"
            : "";
    return "%s against %s: %s (%d of %d checks)%s"
        .formatted(candidate, baseline, verdict().name(), count, checks.size(), accepted);
  }
}
