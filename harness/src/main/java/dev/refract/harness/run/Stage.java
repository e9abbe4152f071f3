package dev.refract.harness.run;

import dev.refract.harness.os.Halt;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A number of virtual threads that work through tasks in the order in which they came. Who hands
/// over more than it can soon begin waits, so that a million tasks never stand in memory. The first
/// task that throws ends this stage and the one that it stops with, so that nothing more is asked
/// for a run that cannot end well; after a wish to stop no further task is begun.
final class Stage implements AutoCloseable {

  private static final int WAITING = 4;
  private static final int LEAST = 64;

  private final ExecutorService threads;
  private final Semaphore room;
  private final Halt halt;
  private volatile @Nullable Throwable problem;
  private @Nullable Stage other;

  Stage(int concurrency, String name, Halt halt) {
    this.threads =
        Executors.newFixedThreadPool(concurrency, Thread.ofVirtual().name(name, 0).factory());
    this.room = new Semaphore(Math.max(LEAST, WAITING * concurrency));
    this.halt = halt;
  }

  /// A task that may wait and may fail.
  @FunctionalInterface
  interface Task {
    void run() throws IOException, InterruptedException;
  }

  void stopsWith(Stage other) {
    this.other = other;
  }

  void submit(Task task) throws InterruptedException {
    room.acquire();
    try {
      threads.execute(() -> guarded(task));
    } catch (RejectedExecutionException _) {
      room.release(); // stopped by a problem that await tells of
    }
  }

  /// Waits until every task is done. No task may be submitted from here on.
  ///
  /// @throws RuntimeException what the first failed task threw
  void await() throws InterruptedException {
    threads.shutdown();
    while (!threads.awaitTermination(1, TimeUnit.DAYS)) {
      // a run may take as long as it takes
    }
    switch (problem) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case IOException e -> throw new UncheckedIOException(e);
      case InterruptedException e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  private void guarded(Task task) {
    try {
      if (!halt.isWished()) {
        task.run();
      }
    } catch (Throwable e) {
      stop(e);
      if (other != null) {
        other.stop(e);
      }
    } finally {
      room.release();
    }
  }

  private synchronized void stop(Throwable e) {
    if (problem == null) {
      problem = e;
      int left = threads.shutdownNow().size();
      room.release(left);
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
