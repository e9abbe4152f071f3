package dev.refract.harness.fetch;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// How often a request that brought nothing is made again, and after what time: twice the last,
/// with full jitter, or what the server asks for. A request that brought bytes counts as none.
///
/// @param most attempts without a byte before it is given up
/// @param unreachable the same where there is no server at all
record Retries(int most, int unreachable, Duration first, Duration longest) {

  static final Retries PATIENT = new Retries(6, 2, Duration.ofMillis(500), Duration.ofSeconds(60));

  /// @param attempt from 1
  /// @param retryAfter the header in seconds, or null
  Duration pause(int attempt, @Nullable String retryAfter) {
    if (retryAfter != null && retryAfter.strip().matches("\\d{1,6}")) {
      Duration asked = Duration.ofSeconds(Long.parseLong(retryAfter.strip()));
      return asked.compareTo(longest) < 0 ? asked : longest;
    }
    long cap = Math.min(longest.toMillis(), first.toMillis() << Math.min(attempt, 20));
    return Duration.ofMillis(ThreadLocalRandom.current().nextLong(cap / 2, cap + 1));
  }
}
