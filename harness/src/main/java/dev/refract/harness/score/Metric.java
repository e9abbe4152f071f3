package dev.refract.harness.score;

import java.util.List;

/// What an answer is worth. Pure: the same golds and answer give the same score, always.
public sealed interface Metric permits RelaxedAccuracy, Anls, ChoiceMatch {

  /// The name used in manifests, results and tables.
  String name();

  /// @param golds accepted answers, at least one
  /// @param answer as parsed from the reply
  /// @return in [0, 1], the best over all golds
  double score(List<String> golds, String answer);
}
