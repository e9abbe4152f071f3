package dev.refract.harness.fetch;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// How often a request that got no bytes is retried, and after which pause: exponential backoff
/// with jitter, or the pause that the server asks for. A request that got bytes is not counted.
///
/// @param most attempts without bytes before giving up
/// @param unreachable the same if the server is unreachable
record Retries(int most, int unreachable, Duration first, Duration longest) {

  static final Retries PATIENT = new Retries(6, 2, Duration.ofMillis(500), Duration.ofSeconds(60));

  /// @param attempt number of the failed attempt, from 1
  /// @param retryAfter value of the Retry-After header in seconds, or null
  Duration pause(int attempt, @Nullable String retryAfter) {
    if (retryAfter != null && retryAfter.strip().matches("\\d{1,6}")) {
      Duration asked = Duration.ofSeconds(Long.parseLong(retryAfter.strip()));
      return asked.compareTo(longest) < 0 ? asked : longest;
    }
    long cap = Math.min(longest.toMillis(), first.toMillis() << Math.min(attempt, 20));
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(cap / 2, cap + 1));
  }
}
