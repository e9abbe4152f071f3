package dev.refract.harness.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How many requests the semaphore lets through at once, before and after it changes its mind.
@Timeout(20)
class AdaptiveSemaphoreTest {

  private static final long SECOND = 1_000_000_000L;

  /// A thread that wants one permit.
  private static final class Waiter {

    private final CountDownLatch through = new CountDownLatch(1);
    private final Thread thread;

    Waiter(AdaptiveSemaphore semaphore) {
      thread =
          Thread.ofPlatform()
              .daemon()
              .start(() -> {
                try {
                  semaphore.acquire();
                  through.countDown();
                } catch (InterruptedException _) {
                  // the test is over
                }
              });
    }

    /// Waits until the thread has its permit or waits for one; returns whether it has the permit.
    boolean isThrough() throws InterruptedException {
      while (thread.getState() != Thread.State.WAITING
          && thread.getState() != Thread.State.TERMINATED) {
        Thread.onSpinWait();
      }
      return through.getCount() == 0;
    }

    boolean comesThrough() throws InterruptedException {
      return through.await(10, TimeUnit.SECONDS);
    }

    void end() throws InterruptedException {
      thread.interrupt();
      thread.join();
    }
  }

  private static AdaptiveSemaphore taken(ConcurrencyLimit limit, int permits)
      throws InterruptedException {
    AdaptiveSemaphore semaphore = new AdaptiveSemaphore(limit);
    for (int i = 0; i < permits; i++) {
      semaphore.acquire();
    }
    return semaphore;
  }

  @Test
  void asManyAsTheLimitPassAndTheNextWaitsForARelease() throws InterruptedException {
    AdaptiveSemaphore semaphore = taken(ConcurrencyLimit.fixed(2), 2);
    Waiter third = new Waiter(semaphore);
    assertThat(third.isThrough()).isFalse();
    semaphore.release(true, false, 0);
    assertThat(third.comesThrough()).isTrue();
    Waiter fourth = new Waiter(semaphore);
    assertThat(fourth.isThrough()).isFalse();
    fourth.end();
  }

  @Test
  void threePassWhereTwoDidOnceAReplyRaisedTheLimit() throws InterruptedException {
    AdaptiveSemaphore semaphore = taken(new ConcurrencyLimit(true, 2, 9, true, 0, 0), 2);
    Waiter one = new Waiter(semaphore);
    Waiter two = new Waiter(semaphore);
    Waiter three = new Waiter(semaphore);
    assertThat(one.isThrough() || two.isThrough() || three.isThrough()).isFalse();
    semaphore.release(true, false, 0);
    // the limit is 3 and one of the first two requests is still in flight
    semaphore.release(false, false, 0);
    assertThat(one.comesThrough()).isTrue();
    assertThat(two.comesThrough()).isTrue();
    assertThat(three.comesThrough()).isTrue();
  }

  @Test
  void oneReleaseThatRaisesTheLimitWakesTwoByItself() throws InterruptedException {
    AdaptiveSemaphore semaphore = taken(new ConcurrencyLimit(true, 1, 9, true, 0, 0), 1);
    Waiter one = new Waiter(semaphore);
    Waiter two = new Waiter(semaphore);
    assertThat(one.isThrough() || two.isThrough()).isFalse();
    semaphore.release(true, false, 0);
    assertThat(one.comesThrough()).isTrue();
    assertThat(two.comesThrough()).isTrue();
  }

  @Test
  void aFailureThatIsNoOverloadLeavesTheLimit() throws InterruptedException {
    AdaptiveSemaphore semaphore = taken(new ConcurrencyLimit(true, 2, 9, true, 0, 0), 2);
    semaphore.release(false, false, 0);
    semaphore.acquire();
    Waiter third = new Waiter(semaphore);
    assertThat(third.isThrough()).isFalse();
    third.end();
  }

  @Test
  void anOverloadHalvesTheLimitSoThatOneReleaseIsNotEnough() throws InterruptedException {
    AdaptiveSemaphore semaphore = taken(new ConcurrencyLimit(true, 4, 9, true, 0, 0), 4);
    semaphore.release(false, true, SECOND); // the limit is 2, and 3 are in flight
    semaphore.release(false, false, SECOND);
    Waiter next = new Waiter(semaphore);
    assertThat(next.isThrough()).isFalse();
    semaphore.release(false, false, SECOND);
    assertThat(next.comesThrough()).isTrue();
  }

  @Test
  void anOverloadCountsEvenWhereTheReplyLanded() throws InterruptedException {
    AdaptiveSemaphore semaphore = taken(new ConcurrencyLimit(true, 2, 9, true, 0, 0), 2);
    semaphore.release(true, true, SECOND); // the limit is 1, and 1 is in flight
    Waiter next = new Waiter(semaphore);
    assertThat(next.isThrough()).isFalse();
    semaphore.release(false, false, SECOND);
    assertThat(next.comesThrough()).isTrue();
  }

  @Test
  void aReplyRaisesTheLimitOnlyWhileItIsUsedUp() throws InterruptedException {
    AdaptiveSemaphore semaphore = taken(new ConcurrencyLimit(true, 2, 9, true, 0, 0), 1);
    semaphore.release(true, false, 0);
    semaphore.acquire();
    semaphore.acquire();
    Waiter third = new Waiter(semaphore);
    assertThat(third.isThrough()).isFalse();
    third.end();
  }

  @Test
  void whoIsInterruptedWhileItWaitsTakesNoPermit() throws InterruptedException {
    AdaptiveSemaphore semaphore = taken(ConcurrencyLimit.fixed(1), 1);
    Waiter gone = new Waiter(semaphore);
    assertThat(gone.isThrough()).isFalse();
    gone.end();
    semaphore.release(true, false, 0);
    Waiter next = new Waiter(semaphore);
    assertThat(next.comesThrough()).isTrue();
  }
}
