package dev.refract.harness.score;

import dev.refract.manifest.MetricName;
import java.util.OptionalDouble;

/// Scores an answer. Pure: the same key and answer always give the same score.
public interface Metric {

  /// The name used in manifests, results and tables.
  MetricName name();

  /// @param answer what {@link #extracted} found, or an answer parsed from the reply
  /// @return in [0, 1], the best over all golds
  double score(AnswerKey key, String answer);

  /// The score, or empty when the metric cannot decide; {@link #score} is then 0.
  default OptionalDouble decide(AnswerKey key, String answer) {
    return OptionalDouble.of(score(key, answer));
  }

  /// What the benchmark's own script takes from a reply: the whole reply, unless the script has
  /// rules to find the answer in it. Empty when it finds none.
  default String extracted(AnswerKey key, String reply) {
    return reply;
  }
}
