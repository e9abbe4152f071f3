package dev.refract.harness.score;

import dev.refract.manifest.MetricName;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// What an answer is worth. Pure: the same golds, answer and attributes give the same score,
/// always.
public sealed interface Metric
    permits RelaxedAccuracy,
        ChartQaPro,
        Anls,
        Contains,
        VqaScore,
        ExactMatch,
        ChoiceMatch,
        CaptionQa,
        MathMatch,
        CapRl {

  /// The name used in manifests, results and tables.
  MetricName name();

  /// @param golds accepted answers, at least one
  /// @param answer as parsed from the reply
  /// @param attributes of the question, by name; a metric says which it needs
  /// @return in [0, 1], the best over all golds
  double score(List<String> golds, String answer, Map<String, String> attributes);

  /// The score, or nothing where the metric cannot tell; {@link #score} is 0 there.
  default OptionalDouble decide(List<String> golds, String answer, Map<String, String> attributes) {
    return OptionalDouble.of(score(golds, answer, attributes));
  }

  /// The score of a question without attributes.
  default double score(List<String> golds, String answer) {
    return score(golds, answer, Map.of());
  }
}
