package dev.refract.harness.load;

/// What a request must keep to count as good, in seconds; a limit that is infinite is none.
///
/// @param firstToken until the first text
/// @param latency until the last byte, from the intended start
public record Goodput(double firstToken, double latency) {

  /// No limit at all: no goodput is told.
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
