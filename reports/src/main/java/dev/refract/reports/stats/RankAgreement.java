package dev.refract.reports.stats;

import org.apache.commons.math3.stat.correlation.KendallsCorrelation;

/// Whether two answerers rank captioners in the same order.
public final class RankAgreement {

  private RankAgreement() {}

  /// Kendall's tau-b: 1 for the same order, −1 for the reverse, ties taken into account (Kendall
  /// 1945); NaN where one side is all ties.
  ///
  /// @param a values for the same items as `b`, in the same order; at least two
  /// @throws IllegalArgumentException when the lengths differ or are below two
  public static double tau(double[] a, double[] b) {
    if (a.length != b.length || a.length < 2) {
      throw new IllegalArgumentException(
          "expected two lists of equal length, at least 2, found %d and %d"
              .formatted(a.length, b.length));
    }
    return new KendallsCorrelation().correlation(a, b);
  }
}
