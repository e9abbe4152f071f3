package dev.refract.harness.llm;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which failures are retried, and when: exponential backoff with full jitter, or the wait that the
/// server asks for.
///
/// @param attempts total number, at least 1
/// @param first maximum wait before the second attempt; doubles with each further one
/// @param longest maximum of all waits; if the server asks for more, the request fails
public record RetryPolicy(int attempts, Duration first, Duration longest) {

  public static final RetryPolicy DEFAULT =
      new RetryPolicy(6, Duration.ofMillis(500), Duration.ofSeconds(60));

  /// No retries, for load tests.
  public static final RetryPolicy NONE = new RetryPolicy(1, Duration.ZERO, Duration.ZERO);

  /// Whether a retry may succeed after a status: 408, 425, 429, and 5xx except 501 and 505.
  public static boolean retryable(int status) {
    return switch (status) {
      case 408, 425, 429 -> true;
      case 501, 505 -> false;
      default -> status >= 500;
    };
  }

  /// How long to wait after attempt number `made`; empty when there is no further attempt.
  ///
  /// @param made attempts so far, from 1
  /// @param retryAfter the header of that name, in seconds or as a date, or null
  /// @param draw uniform in [0, 1)
  public Optional<Duration> wait(int made, @Nullable String retryAfter, Instant now, double draw) {
    if (made >= attempts) {
      return Optional.empty();
    }
    Optional<Duration> asked = asked(retryAfter, now);
    if (asked.isPresent()) {
      return asked.filter(wait -> wait.compareTo(longest) <= 0);
    }
    double ceiling =
        Math.min((double) longest.toMillis(), first.toMillis() * Math.pow(2, made - 1.0));
    return Optional.of(Duration.ofMillis((long) (ceiling * draw)));
  }

  private static Optional<Duration> asked(@Nullable String retryAfter, Instant now) {
    if (retryAfter == null || retryAfter.isBlank()) {
      return Optional.empty();
    }
    String text = retryAfter.strip();
    if (text.matches("\\d+")) {
      long seconds = text.length() < 10 ? Long.parseLong(text) : Integer.MAX_VALUE;
      return Optional.of(Duration.ofSeconds(seconds));
    }
    try {
      Instant at = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Duration wait = Duration.between(now, at);
      return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
    } catch (DateTimeParseException _) {
      return Optional.empty();
    }
  }
}
