package dev.refract.reports.stats;

import java.util.List;
import org.apache.commons.math3.distribution.TDistribution;

/// A difference together with its error.
///
/// @param delta as a share
/// @param standardError NaN where it is unknown
/// @param degrees of freedom of Student's t
public record Difference(double delta, double standardError, double degrees) {

  /// Of two runs that nothing can be compared in.
  public static final Difference UNKNOWN = new Difference(Double.NaN, Double.NaN, 0);

  /// The mean of independent differences with equal weights: SE = sqrt(Σ SE²) / k, degrees of
  /// freedom by Satterthwaite 1946.
  ///
  /// @throws IllegalArgumentException when `parts` is empty
  public static Difference macro(List<PairedDifference> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("no differences to average");
    }
    int k = parts.size();
    double variance = 0;
    double fourth = 0;
    for (PairedDifference part : parts) {
      double square = part.standardError() * part.standardError();
      variance += square;
      fourth += square * square / (part.images() - 1.0);
    }
    double smallest = parts.stream().mapToDouble(p -> p.images() - 1.0).min().orElseThrow();
    return new Difference(
        parts.stream().mapToDouble(PairedDifference::delta).average().orElseThrow(),
        Math.sqrt(variance) / k,
        fourth > 0 ? variance * variance / fourth : smallest);
  }

  /// Whether the error is known; it is not below two images.
  public boolean isKnown() {
    return Double.isFinite(standardError) && degrees > 0;
  }

  /// The lower end of the two-sided interval.
  ///
  /// @param level such as 0.95
  public double low(double level) {
    return lowerBound((1 - level) / 2);
  }

  /// The upper end of the two-sided interval.
  ///
  /// @param level such as 0.95
  public double high(double level) {
    return upperBound((1 - level) / 2);
  }

  /// One-sided: the true difference is below it with probability `alpha`.
  public double lowerBound(double alpha) {
    return delta - reach(alpha);
  }

  /// One-sided: the true difference is above it with probability `alpha`.
  public double upperBound(double alpha) {
    return delta + reach(alpha);
  }

  /// The probability of this difference or a lower one if there were no true difference: Student's
  /// t, one-sided.
  public double chanceOfDrop() {
    if (!isKnown()) {
      return 1;
    }
    if (standardError == 0) {
      return delta < 0 ? 0 : 1;
    }
    return new TDistribution(degrees).cumulativeProbability(delta / standardError);
  }

  private double reach(double alpha) {
    return isKnown()
        ? new TDistribution(degrees).inverseCumulativeProbability(1 - alpha) * standardError
        : Double.NaN;
  }
}
