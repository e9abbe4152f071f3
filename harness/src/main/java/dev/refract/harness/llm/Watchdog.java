package dev.refract.harness.llm;

import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.concurrent.Cancellable;
import org.jspecify.annotations.Nullable;

/// Ends an attempt that takes too long: to its first byte, between two pieces, or in all. One timer
/// an attempt, set again only when it fires or is too late, so that a reply of many pieces costs
/// nothing.
final class Watchdog implements AutoCloseable {

  private static final ScheduledThreadPoolExecutor CLOCK =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("request-clock").factory());

  static {
    CLOCK.setRemoveOnCancelPolicy(true); // else a timer is kept until its time, minutes after
  }

  private final Cancellable attempt;
  private final Limits limits;
  private final long begun = System.nanoTime();
  private long heard;
  private long fires;
  private boolean bitten;
  private @Nullable ScheduledFuture<?> timer;

  Watchdog(Cancellable attempt, Limits limits) {
    this.attempt = attempt;
    this.limits = limits;
    set(begun);
  }

  private synchronized void set(long now) {
    fires = deadline();
    timer = CLOCK.schedule(this::look, deadline() - now, TimeUnit.NANOSECONDS);
  }

  /// Something came.
  synchronized void heard() {
    heard = System.nanoTime();
    if (deadline() - fires < 0 && timer != null) {
      timer.cancel(false); // what is left to wait for is shorter than what was
      set(heard);
    }
  }

  /// Whether the attempt was ended.
  synchronized boolean hasBitten() {
    return bitten;
  }

  private synchronized long deadline() {
    long whole = begun + limits.total().toNanos();
    long next =
        heard == 0
            ? begun + limits.firstByte().toNanos()
            : heard + limits.betweenChunks().toNanos();
    return next - whole < 0 ? next : whole;
  }

  private void look() {
    long now = System.nanoTime();
    synchronized (this) {
      if (deadline() - now > 0) {
        set(now);
        return;
      }
      bitten = true;
    }
    attempt.cancel();
  }

  @Override
  public synchronized void close() {
    if (timer != null) {
      timer.cancel(false);
    }
  }
}
