package dev.refract.reports.stats;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Percentiles of measured times, interpolated between neighbours (type 7 of Hyndman and Fan 1996,
/// NumPy's default), and only where there are enough values.
///
/// A percentile p needs the smallest n with pⁿ + n(1-p)pⁿ⁻¹ ≤ 0.01: then at least two values are
/// above it with 99 % confidence. That is 11 for the median, 64 for p90, 130 for p95 and 662 for
/// p99, the minimums of MLPerf Inference.
public final class Percentiles {

  private static final double MAX_TAIL_RISK = 0.01;

  private final double[] sorted;

  public Percentiles(double[] values) {
    this.sorted = values.clone();
    Arrays.sort(sorted);
  }

  public int n() {
    return sorted.length;
  }

  public double mean() {
    return Arrays.stream(sorted).average().orElse(Double.NaN);
  }

  /// @param p in (0, 1)
  /// @return empty where there are too few values
  public OptionalDouble at(double p) {
    return sorted.length < needed(p) ? OptionalDouble.empty() : OptionalDouble.of(interpolated(p));
  }

  /// The same as a nullable value, for records.
  public @Nullable Double orNull(double p) {
    OptionalDouble value = at(p);
    return value.isPresent() ? Double.valueOf(value.getAsDouble()) : null;
  }

  private double interpolated(double p) {
    double place = p * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /// The number of values that a percentile needs.
  public static int needed(double p) {
    int n = 1;
    while (Math.pow(p, n) + n * (1 - p) * Math.pow(p, n - 1.0) > MAX_TAIL_RISK) {
      n++;
    }
    return n;
  }
}
