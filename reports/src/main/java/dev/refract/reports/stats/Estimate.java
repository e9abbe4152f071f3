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

  /// The mean of no scores.
  public static final Estimate NONE =
      new Estimate(Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0, 0);

  /// Half of the interval's width, for tables that print "± x".
  public double margin() {
    return (high - low) / 2;
  }
}
