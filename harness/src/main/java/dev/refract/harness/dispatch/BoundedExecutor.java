package dev.refract.harness.dispatch;

import dev.refract.harness.os.CancellationToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A fixed number of virtual threads that run tasks in order of submission. {@link #submit} blocks
/// while the queue is full, so that a million tasks are never in memory at once. The first task
/// that throws stops this executor and the one linked by {@link #stopsWith}, so that a failed run
/// sends no more requests. After a cancellation no further task starts.
public final class BoundedExecutor implements AutoCloseable {

  private static final int QUEUED_PER_WORKER = 4;
  private static final int MIN_QUEUE = 64;

  private final ExecutorService threads;
  private final Semaphore room;
  private final CancellationToken cancellation;
  private volatile @Nullable Throwable problem;
  private @Nullable BoundedExecutor other;

  public BoundedExecutor(int concurrency, String name, CancellationToken cancellation) {
    this.threads =
        Executors.newFixedThreadPool(concurrency, Thread.ofVirtual().name(name, 0).factory());
    this.room = new Semaphore(Math.max(MIN_QUEUE, QUEUED_PER_WORKER * concurrency));
    this.cancellation = cancellation;
  }

  /// A task that may block and may fail.
  @FunctionalInterface
  public interface Task {
    void run() throws IOException, InterruptedException;
  }

  public void stopsWith(BoundedExecutor other) {
    this.other = other;
  }

  public void submit(Task task) throws InterruptedException {
    room.acquire();
    try {
      threads.execute(() -> guarded(task));
    } catch (RejectedExecutionException _) {
      room.release(); // stopped by a failure, which await() throws
    }
  }

  /// Waits until every task is done. No task may be submitted afterwards.
  ///
  /// @throws RuntimeException what the first failed task threw
  public void await() throws InterruptedException {
    threads.shutdown();
    while (!threads.awaitTermination(1, TimeUnit.DAYS)) {
      // a run has no time limit
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
      if (!cancellation.isCancelled()) {
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
