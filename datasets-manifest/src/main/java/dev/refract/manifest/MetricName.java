package dev.refract.manifest;

import java.util.Locale;

/// The metrics by the names that manifests, results and tables use.
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

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
