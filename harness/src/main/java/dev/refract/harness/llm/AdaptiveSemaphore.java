package dev.refract.harness.llm;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Semaphore that admits as many requests in flight as a {@link ConcurrencyLimit} allows.
final class AdaptiveSemaphore {

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition free = lock.newCondition();
  private ConcurrencyLimit limit;
  private int inFlight;

  AdaptiveSemaphore(ConcurrencyLimit limit) {
    this.limit = limit;
  }

  void acquire() throws InterruptedException {
    lock.lock();
    try {
      while (inFlight >= limit.now()) {
        free.await();
      }
      inFlight++;
    } finally {
      lock.unlock();
    }
  }

  /// @param succeeded whether the request got a reply
  /// @param overloaded whether the server reported overload or timed out
  /// @param nanos on the clock of `System.nanoTime`
  void release(boolean succeeded, boolean overloaded, long nanos) {
    lock.lock();
    try {
      int before = limit.now();
      if (overloaded) {
        limit = limit.overloaded(nanos);
      } else if (succeeded) {
        limit = limit.succeeded(inFlight);
      }
      inFlight--;
      free.signal();
      if (limit.now() > before) {
        free.signal();
      }
    } finally {
      lock.unlock();
    }
  }
}
