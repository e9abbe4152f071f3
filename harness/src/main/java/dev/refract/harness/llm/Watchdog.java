package dev.refract.harness.llm;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.core5.concurrent.Cancellable;

/// Ends an attempt that takes too long: to its first byte, between two pieces, or in all. One
/// thread looks at all attempts twenty times a second, which costs thousands of them less than a
/// timer each would, and less than a socket's own time limit.
final class Watchdog implements AutoCloseable {

  private static final Duration SWEEP_INTERVAL = Duration.ofMillis(50);
  private static final Set<Watchdog> ACTIVE = ConcurrentHashMap.newKeySet();

  static {
    Thread.ofPlatform().daemon().name("watchdog").start(Watchdog::sweep);
  }

  private final Cancellable attempt;
  private final Timeouts limits;
  private final long begun = System.nanoTime();
  private volatile long heard;
  private volatile boolean timedOut;

  Watchdog(Cancellable attempt, Timeouts limits) {
    this.attempt = attempt;
    this.limits = limits;
    ACTIVE.add(this);
  }

  private static void sweep() {
    try {
      while (true) {
        Thread.sleep(SWEEP_INTERVAL);
        long now = System.nanoTime();
        ACTIVE.forEach(watchdog -> watchdog.look(now));
      }
    } catch (InterruptedException _) {
      // nobody interrupts it
    }
  }

  /// Something came.
  void heard() {
    heard = System.nanoTime();
  }

  /// Whether the attempt was ended.
  boolean timedOut() {
    return timedOut;
  }

  private void look(long now) {
    long last = heard;
    long silence =
        last == 0
            ? now - begun - limits.firstByte().toNanos()
            : now - last - limits.betweenChunks().toNanos();
    if (!timedOut && (silence >= 0 || now - begun >= limits.total().toNanos())) {
      timedOut = true;
      attempt.cancel();
    }
  }

  @Override
  public void close() {
    ACTIVE.remove(this);
  }
}
