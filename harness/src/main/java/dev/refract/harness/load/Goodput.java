package dev.refract.harness.load;

/// Latency limits in seconds that a request must meet to count toward goodput; infinity means no
/// limit.
///
/// @param firstToken from sending to the first text
/// @param latency from the intended start to the last byte
public record Goodput(double firstToken, double latency) {

  /// No limits: no goodput is reported.
  public static final Goodput NONE =
      new Goodput(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);

  boolean isAsked() {
    return !equals(NONE);
  }

  boolean isKept(RequestSample sample) {
    double first = sample.firstToken();
    return sample.endToEnd() <= latency && (Double.isNaN(first) || first <= firstToken);
  }
}
