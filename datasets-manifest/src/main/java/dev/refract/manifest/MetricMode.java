package dev.refract.manifest;

import java.util.Locale;

/// Which rule a metric follows when a benchmark's scorer and its paper disagree.
public enum MetricMode {
  /// The rule of the benchmark's own scorer, including its bugs, for results that are comparable
  /// with published ones.
  OFFICIAL,
  /// The rule of the paper.
  STRICT;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
