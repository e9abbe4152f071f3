package dev.refract.harness.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refract.harness.os.CancellationToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// In which order tasks are worked through, how many may wait, and what ends it all.
@Timeout(30)
class BoundedExecutorTest {

  private final CancellationToken cancellation = new CancellationToken();
  private final CountDownLatch gate = new CountDownLatch(1);

  private BoundedExecutor workers(int concurrency) {
    return new BoundedExecutor(concurrency, "test-", cancellation);
  }

  @Test
  void oneWorkerTakesTasksInTheOrderInWhichTheyCame() throws InterruptedException {
    List<Integer> done = Collections.synchronizedList(new ArrayList<>());
    try (BoundedExecutor executor = workers(1)) {
      for (int i = 0; i < 200; i++) {
        int task = i;
        executor.submit(() -> done.add(task));
      }
      executor.await();
    }
    assertThat(done).hasSize(200).isSorted();
  }

  @Test
  void asManyTasksAsThereAreWorkersRunAtOnceAndNoMore() throws InterruptedException {
    CountDownLatch together = new CountDownLatch(3);
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (BoundedExecutor executor = workers(3)) {
      for (int i = 0; i < 60; i++) {
        executor.submit(() -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          together.countDown();
          assertThat(together.await(10, TimeUnit.SECONDS)).isTrue();
          now.decrementAndGet();
        });
      }
      executor.await();
    }
    assertThat(most).hasValue(3);
  }

  @ParameterizedTest
  @CsvSource({"1,64", "16,64", "17,68", "20,80"})
  void whoHandsOverMoreThanTheRoomWaits(int concurrency, int room) throws Exception {
    AtomicInteger submitted = new AtomicInteger();
    AtomicInteger done = new AtomicInteger();
    try (BoundedExecutor executor = workers(concurrency)) {
      Thread eager =
          Thread.ofPlatform()
              .daemon()
              .start(() -> {
                try {
                  for (int i = 0; i < room + 1; i++) {
                    executor.submit(() -> {
                      gate.await();
                      done.incrementAndGet();
                    });
                    submitted.incrementAndGet();
                  }
                } catch (InterruptedException _) {
                  // the test is over
                }
              });
      while (submitted.get() < room || eager.getState() != Thread.State.WAITING) {
        assertThat(submitted.get()).isLessThanOrEqualTo(room);
        assertThat(eager.isAlive()).isTrue();
        Thread.onSpinWait();
      }
      assertThat(submitted).hasValue(room);
      gate.countDown();
      eager.join();
      executor.await();
    }
    assertThat(done).hasValue(room + 1);
  }

  @Test
  void whatATaskThrowsIsThrownByAwait() throws InterruptedException {
    for (Throwable thrown : List.of(new IllegalArgumentException("x"), new AssertionError("x"))) {
      try (BoundedExecutor executor = workers(2)) {
        executor.submit(() -> sneaky(thrown));
        assertThatThrownBy(executor::await).isSameAs(thrown);
      }
    }
  }

  @Test
  void anErrorOfReadingIsWrappedAndAnInterruptIsNot() throws InterruptedException {
    IOException io = new IOException("disk full");
    try (BoundedExecutor executor = workers(1)) {
      executor.submit(() -> {
        throw io;
      });
      assertThatThrownBy(executor::await).isInstanceOf(UncheckedIOException.class).hasCause(io);
    }
    InterruptedException interrupt = new InterruptedException("stop");
    try (BoundedExecutor executor = workers(1)) {
      executor.submit(() -> {
        throw interrupt;
      });
      assertThatThrownBy(executor::await).isSameAs(interrupt);
    }
  }

  private static void sneaky(Throwable thrown) {
    if (thrown instanceof RuntimeException e) {
      throw e;
    }
    throw (Error) thrown;
  }

  @Test
  void afterTheFirstProblemNoFurtherTaskBegins() throws InterruptedException {
    AtomicInteger begun = new AtomicInteger();
    IllegalStateException first = new IllegalStateException("first");
    try (BoundedExecutor executor = workers(1)) {
      executor.submit(() -> {
        gate.await();
        throw first;
      });
      for (int i = 0; i < 63; i++) {
        executor.submit(begun::incrementAndGet);
      }
      gate.countDown();
      // there is room for all of these only once the first ones are gone
      for (int i = 0; i < 200; i++) {
        executor.submit(begun::incrementAndGet);
      }
      assertThatThrownBy(executor::await).isSameAs(first);
    }
    assertThat(begun).hasValue(0);
  }

  @Test
  void ofTwoProblemsTheFirstIsTold() throws InterruptedException {
    IllegalStateException first = new IllegalStateException("first");
    CountDownLatch bothRun = new CountDownLatch(2);
    try (BoundedExecutor executor = workers(2)) {
      executor.submit(() -> {
        bothRun.countDown();
        bothRun.await();
        throw first;
      });
      executor.submit(() -> {
        bothRun.countDown();
        bothRun.await();
        gate.await(); // interrupted by the first problem: the second one
      });
      assertThatThrownBy(executor::await).isSameAs(first);
    }
  }

  @Test
  void aProblemEndsTheStageThatStopsWithItToo() throws InterruptedException {
    IllegalStateException problem = new IllegalStateException("no model");
    AtomicInteger begun = new AtomicInteger();
    try (BoundedExecutor first = workers(1);
        BoundedExecutor second = workers(1)) {
      first.stopsWith(second);
      CountDownLatch running = new CountDownLatch(1);
      second.submit(() -> {
        running.countDown();
        gate.await();
      });
      second.submit(begun::incrementAndGet);
      running.await();
      first.submit(() -> {
        throw problem;
      });
      assertThatThrownBy(first::await).isSameAs(problem);
      assertThatThrownBy(second::await).isSameAs(problem);
    }
    assertThat(begun).hasValue(0);
  }

  @Test
  void afterAWishToStopWhatIsBegunLandsAndNothingElseBegins() throws InterruptedException {
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger landed = new AtomicInteger();
    try (BoundedExecutor executor = workers(1)) {
      CountDownLatch running = new CountDownLatch(1);
      executor.submit(() -> {
        running.countDown();
        gate.await();
        landed.incrementAndGet();
      });
      executor.submit(begun::incrementAndGet);
      running.await();
      cancellation.cancel(new CancellationToken.Reason(true, "Ctrl-C"));
      gate.countDown();
      executor.await();
    }
    assertThat(landed).hasValue(1);
    assertThat(begun).hasValue(0);
  }

  @Test
  void tasksThatAreSkippedMakeRoomForOthers() throws InterruptedException {
    cancellation.cancel(new CancellationToken.Reason(true, "Ctrl-C"));
    try (BoundedExecutor executor = workers(1)) {
      for (int i = 0; i < 500; i++) {
        executor.submit(() -> {});
      }
      executor.await();
    }
  }

  @Test
  void closingInterruptsWhatStillRuns() throws InterruptedException {
    CountDownLatch interrupted = new CountDownLatch(1);
    CountDownLatch running = new CountDownLatch(1);
    BoundedExecutor executor = workers(1);
    executor.submit(() -> {
      running.countDown();
      try {
        gate.await();
      } catch (InterruptedException e) {
        interrupted.countDown();
      }
    });
    running.await();
    executor.close();
    assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void theThreadsBearTheNameAndANumber() throws InterruptedException {
    List<String> names = Collections.synchronizedList(new ArrayList<>());
    try (BoundedExecutor executor = workers(1)) {
      executor.submit(() -> names.add(Thread.currentThread().getName()));
      executor.await();
    }
    assertThat(names).containsExactly("test-0");
  }
}
