package dev.refract.harness.os;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A wish to stop, at which everybody looks who sends requests: nothing new is sent, what is in
/// flight lands, and the same command goes on later. The first wish counts.
public final class CancellationToken {

  private final CountDownLatch cancelled = new CountDownLatch(1);
  private @Nullable Reason reason;

  /// @param byUser whether somebody pressed Ctrl-C; else the run itself cannot go on
  public record Reason(boolean byUser, String words) {}

  public synchronized void cancel(Reason why) {
    if (reason == null) {
      reason = why;
      cancelled.countDown();
    }
  }

  public boolean isCancelled() {
    return cancelled.getCount() == 0;
  }

  /// Why, or null while nobody wishes to stop.
  public synchronized @Nullable Reason reason() {
    return reason;
  }

  /// Waits for a time, or until somebody wishes to stop.
  ///
  /// @return whether somebody does
  public boolean sleep(Duration time) throws InterruptedException {
    return cancelled.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }
}
