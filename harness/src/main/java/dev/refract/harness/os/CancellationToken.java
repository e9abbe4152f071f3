package dev.refract.harness.os;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Cancellation flag that every sender checks before sending. After a cancellation no new request
/// is sent, requests in flight complete, and the same command resumes later. Only the first reason
/// is kept.
public final class CancellationToken {

  private final CountDownLatch cancelled = new CountDownLatch(1);
  private @Nullable Reason reason;

  /// @param byUser whether the user pressed Ctrl-C; otherwise the run cannot continue
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

  /// The reason, or null while not cancelled.
  public synchronized @Nullable Reason reason() {
    return reason;
  }

  /// Sleeps for a time, or until the cancellation.
  ///
  /// @return whether the token is cancelled
  public boolean sleep(Duration time) throws InterruptedException {
    return cancelled.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }
}
