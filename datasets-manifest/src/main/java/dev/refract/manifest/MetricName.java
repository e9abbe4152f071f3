package dev.refract.manifest;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The metric names in manifests, results and tables.
public enum MetricName {
  RELAXED_ACCURACY,
  CHARTQAPRO,
  ANLS,
  CONTAINS,
  VQA_SCORE,
  EXACT_MATCH,
  CHOICE,
  MATH,
  CAPTIONQA,
  CAPRL;

  /// The metric with this name; empty when the name is unknown.
  public static Optional<MetricName> of(String name) {
    return Stream.of(values()).filter(metric -> metric.toString().equals(name)).findFirst();
  }

  /// Whether it compares letters of options, and so needs a question with options.
  public boolean isOfChoices() {
    return this == CHOICE || this == CAPTIONQA;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
