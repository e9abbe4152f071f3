package dev.refract.reports.stats;

/// A mean together with its error.
///
/// @param mean in [0, 1]
/// @param standardError clustered by image; NaN when there are fewer than two images
/// @param low lower end of the 95 % interval, in [0, 1]
/// @param high upper end of the 95 % interval, in [0, 1]
/// @param n questions
/// @param clusters images
public record Estimate(
    double mean, double standardError, double low, double high, int n, int clusters) {

  /// Sums of floating-point numbers may leave an interval by less than this.
  private static final double ROUNDING = 1e-9;

  public Estimate {
    boolean empty = n == 0 && Double.isNaN(mean);
    boolean ordered =
        low >= -ROUNDING
            && low <= mean + ROUNDING
            && mean <= high + ROUNDING
            && high <= 1 + ROUNDING;
    if (n < 0 || clusters < 0 || clusters > n || !empty && !ordered || standardError < 0) {
      throw new IllegalArgumentException(
          "expected a mean within its interval within [0, 1], found %s in [%s, %s] with error %s of %d questions on %d images"
              .formatted(mean, low, high, standardError, n, clusters));
    }
  }

  /// The mean of no scores.
  public static final Estimate NONE =
      new Estimate(Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0, 0);

  /// Half of the interval's width, for tables that print "± x".
  public double margin() {
    return (high - low) / 2;
  }
}
