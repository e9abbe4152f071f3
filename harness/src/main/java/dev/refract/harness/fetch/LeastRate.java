package dev.refract.harness.fetch;

import java.time.Duration;

/// Decides when a transfer is too slow to be waited for: a server that sends a byte now and then
/// would otherwise keep a command for days.
///
/// @param window over which the rate is measured
/// @param bytes that must arrive in each window
record LeastRate(Duration window, long bytes) {

  /// 1 kB/s, over ten seconds: a tenth of what the slowest links in use give.
  static final LeastRate USUAL = new LeastRate(Duration.ofSeconds(10), 10_000);

  /// The bytes of one response, as they arrive.
  final class Measured {

    private long windowStart = System.nanoTime();
    private long arrived;

    /// @param count bytes that have just arrived
    /// @return whether the window ended with too few
    boolean isTooSlow(int count) {
      return isTooSlow(count, System.nanoTime());
    }

    boolean isTooSlow(int count, long now) {
      arrived += count;
      if (now - windowStart < window.toNanos()) {
        return false;
      }
      boolean slow = arrived < bytes;
      windowStart = now;
      arrived = 0;
      return slow;
    }
  }

  Measured measured() {
    return new Measured();
  }

  /// In words, for messages.
  String words() {
    return "fewer than %,d bytes in %d s".formatted(bytes, window.toSeconds());
  }
}
