package dev.refract.harness.score;

import dev.refract.manifest.MetricName;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// Scores an answer. Pure: the same golds, answer and attributes always give the same score.
public interface Metric {

  /// The name used in manifests, results and tables.
  MetricName name();

  /// @param golds accepted answers, at least one
  /// @param answer answer parsed from the reply
  /// @param attributes attributes of the question by name; each metric documents those it needs
  /// @return in [0, 1], the best over all golds
  double score(List<String> golds, String answer, Map<String, String> attributes);

  /// The score, or empty when the metric cannot decide; {@link #score} is then 0.
  default OptionalDouble decide(List<String> golds, String answer, Map<String, String> attributes) {
    return OptionalDouble.of(score(golds, answer, attributes));
  }

  /// The score of a question without attributes.
  default double score(List<String> golds, String answer) {
    return score(golds, answer, Map.of());
  }
}
