package dev.refract.harness.llm;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Which failures are worth another attempt, and when: exponential waits with full jitter, or what
/// the server asks for.
///
/// @param attempts in all, at least 1
/// @param first the longest wait before the second attempt; doubles from there
/// @param longest the longest wait of all; a server that asks for more is not waited for
public record RetryPolicy(int attempts, Duration first, Duration longest) {

  public static final RetryPolicy DEFAULT =
      new RetryPolicy(6, Duration.ofMillis(500), Duration.ofSeconds(60));

  /// For whoever measures: no attempt is made twice.
  public static final RetryPolicy NONE = new RetryPolicy(1, Duration.ZERO, Duration.ZERO);

  /// Whether a status may be different next time: 408, 425, 429 and 5xx but 501 and 505.
  public static boolean retryable(int status) {
    return switch (status) {
      case 408, 425, 429 -> true;
      case 501, 505 -> false;
      default -> status >= 500;
    };
  }

  /// How long to wait after attempt number `made`; empty when there is no further one.
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
    if (text.matches("\\d{1,9}")) {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
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
