package dev.refract.harness.pace;

import java.time.Duration;
import java.util.Optional;

/// Which failures are retried, and when: exponential backoff with full jitter. Waiting for a server
/// that limits the rate or is away is the decision of {@link Pace}.
///
/// @param attempts total number, at least 1
/// @param first maximum wait before the second attempt; doubles with each further one
/// @param longest maximum of all waits
public record RetryPolicy(int attempts, Duration first, Duration longest) {

  public static final RetryPolicy DEFAULT =
      new RetryPolicy(6, Duration.ofMillis(500), Duration.ofSeconds(60));

  /// No retries, for load tests.
  public static final RetryPolicy NONE = new RetryPolicy(1, Duration.ZERO, Duration.ZERO);

  /// Whether a retry may succeed after a status: 408, 409, 425, 429, and 5xx except 501 and 505.
  public static boolean retryable(int status) {
    return switch (status) {
      case 408, 409, 425, 429 -> true;
      case 501, 505 -> false;
      default -> status >= 500;
    };
  }

  /// How long to wait after attempt number `made`; empty when there is no further attempt.
  ///
  /// @param made attempts so far, from 1
  /// @param draw uniform in [0, 1)
  public Optional<Duration> wait(int made, double draw) {
    if (made >= attempts) {
      return Optional.empty();
    }
    double ceiling =
        Math.min((double) longest.toMillis(), first.toMillis() * Math.pow(2, made - 1.0));
    return Optional.of(Duration.ofMillis((long) (ceiling * draw)));
  }
}
