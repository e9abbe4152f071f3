package dev.refract.manifest;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The metric names in manifests, results and tables.
public enum MetricName {
  RELAXED_ACCURACY(Options.NONE),
  CHARTQAPRO(Options.NONE),
  ANLS(Options.NONE),
  CONTAINS(Options.NONE),
  VQA_SCORE(Options.NONE),
  EXACT_MATCH(Options.NONE),
  CHOICE(Options.NEEDED),
  MATH(Options.NONE),
  CAPTIONQA(Options.NEEDED),
  CAPRL(Options.NONE),
  MMMU(Options.POSSIBLE),
  MMMU_PRO(Options.NEEDED),
  MATHVISTA(Options.POSSIBLE),
  VISULOGIC(Options.NEEDED),
  WEMATH(Options.NEEDED);

  /// Whether a metric scores questions with options, free answers, or both.
  private enum Options {
    NONE,
    POSSIBLE,
    NEEDED
  }

  private final Options options;

  MetricName(Options options) {
    this.options = options;
  }

  /// The metric with this name; empty when the name is unknown.
  public static Optional<MetricName> of(String name) {
    return Stream.of(values()).filter(metric -> metric.toString().equals(name)).findFirst();
  }

  /// Whether it can score questions with options.
  public boolean takesOptions() {
    return options != Options.NONE;
  }

  /// Whether it can score free answers.
  public boolean takesFreeAnswers() {
    return options != Options.NEEDED;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
