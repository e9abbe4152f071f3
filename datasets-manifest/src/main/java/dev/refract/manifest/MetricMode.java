package dev.refract.manifest;

import java.util.Locale;

/// Whose rule a metric follows when a benchmark's scorer and its paper disagree.
public enum MetricMode {
  /// What the benchmark's own scorer computes, its bugs included: for figures that compare with
  /// published ones.
  OFFICIAL,
  /// What its paper says.
  STRICT;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
