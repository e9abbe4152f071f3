package dev.refract.harness.net;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hc.core5.concurrent.Cancellable;

/// Aborts an attempt that exceeds a time limit: to its first byte, between two chunks, or in total.
/// One thread checks all attempts twenty times a second. For thousands of attempts this is cheaper
/// than a timer for each, and cheaper than socket timeouts.
public final class Watchdog implements AutoCloseable {

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

  public Watchdog(Cancellable attempt, Timeouts limits) {
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
      // this thread is never interrupted
    }
  }

  /// Records that bytes arrived.
  public void heard() {
    heard = System.nanoTime();
  }

  /// Whether this watchdog aborted the attempt.
  public boolean timedOut() {
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
