package dev.refract.harness.load;

import com.sun.management.OperatingSystemMXBean;
import dev.refract.harness.llm.ChatReply;
import dev.refract.harness.llm.RequestException;
import dev.refract.harness.os.CancellationToken;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/// Puts load on a server: a warm-up, then, without draining, a measurement window. Requests that
/// complete in the window are counted. Requests still in flight at its end are aborted and not
/// counted.
public final class Load {

  private static final double NANOS_PER_SECOND = 1e9;

  /// How long before its send time a request of an open loop is prepared.
  private static final long LEAD_NANOS = 1_000_000_000L;

  private final Server server;
  private final LoadShape shape;
  private final Duration warmUp;
  private final Duration window;
  private final CancellationToken cancellation;
  private final ConcurrentLinkedQueue<RequestSample> samples = new ConcurrentLinkedQueue<>();
  private final AtomicInteger warmed = new AtomicInteger();
  private final AtomicInteger measured = new AtomicInteger();

  /// A prepared request, including its images, that has not been sent.
  ///
  /// @param image digest of its image; empty when it is not from a dataset
  public record Request(String image, Sending sending) {}

  /// Sends a request and waits for the reply.
  @FunctionalInterface
  public interface Sending {
    ChatReply send() throws RequestException, InterruptedException;
  }

  /// Prepares requests ahead of their send time, so that no latency includes reading an image.
  @FunctionalInterface
  public interface Server {

    /// @param number of the request, from 0; the warm-up has its own numbers
    Request prepare(int number, boolean warm) throws RequestException;
  }

  /// The outcome of a load.
  ///
  /// @param from start of the window, on the clock of `System.nanoTime`
  /// @param to end of the window, on the same clock
  /// @param clientCpu share of this machine's processors that the client used in the window
  public record Outcome(List<RequestSample> samples, long from, long to, double clientCpu) {}

  /// @param warmUp before the window; ignored for an offline load, whose window is the whole load
  public Load(
      Server server,
      LoadShape shape,
      Duration warmUp,
      Duration window,
      CancellationToken cancellation) {
    this.server = server;
    this.shape = shape;
    this.warmUp = warmUp;
    this.window = window;
    this.cancellation = cancellation;
  }

  public Outcome run() throws InterruptedException {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long start = System.nanoTime();
    List<Thread> threads = new ArrayList<>();
    if (shape instanceof LoadShape.Offline offline) {
      return atOnce(offline.requests(), system);
    }
    long from = start + warmUp.toNanos();
    switch (shape) {
      case LoadShape.Closed closed -> {
        for (int i = 0; i < closed.users(); i++) {
          threads.add(Thread.ofVirtual().start(() -> user(from)));
        }
      }
      case LoadShape.Open open ->
          threads.add(Thread.ofPlatform().start(() -> arrivals(open, start, from, threads)));
      case LoadShape.Offline _ -> throw new IllegalStateException();
    }
    cancellation.sleep(Duration.ofNanos(from - System.nanoTime()));
    long cpu = system.getProcessCpuTime();
    cancellation.sleep(Duration.ofNanos(from + window.toNanos() - System.nanoTime()));
    Outcome outcome = outcome(from, System.nanoTime(), cpu, system);
    synchronized (threads) {
      threads.forEach(Thread::interrupt);
    }
    return outcome;
  }

  private Outcome atOnce(int requests, OperatingSystemMXBean system) throws InterruptedException {
    List<Request> prepared =
        IntStream.range(0, requests).parallel().mapToObj(_ -> prepared(false)).toList();
    long cpu = system.getProcessCpuTime();
    long start = System.nanoTime();
    List<Thread> threads =
        prepared.stream().map(one -> Thread.ofVirtual().start(() -> send(one, start))).toList();
    for (Thread thread : threads) {
      thread.join();
    }
    return outcome(start, System.nanoTime(), cpu, system);
  }

  private Outcome outcome(long from, long to, long cpu, OperatingSystemMXBean system) {
    double share =
        (double) (system.getProcessCpuTime() - cpu) / (to - from) / system.getAvailableProcessors();
    List<RequestSample> counted =
        samples.stream().filter(sample -> sample.ended() >= from && sample.ended() <= to).toList();
    return new Outcome(counted, from, to, share);
  }

  private void user(long from) {
    while (!Thread.currentThread().isInterrupted() && !cancellation.isCancelled()) {
      Request prepared = prepared(System.nanoTime() < from);
      send(prepared, System.nanoTime());
    }
  }

  private void arrivals(LoadShape.Open open, long start, long from, List<Thread> threads) {
    LoadShape.Gaps gaps = open.gaps();
    double at = 0;
    while (!Thread.currentThread().isInterrupted() && !cancellation.isCancelled()) {
      at += gaps.next();
      long intended = start + (long) (at * NANOS_PER_SECOND);
      if (!parkUntil(intended - LEAD_NANOS)) {
        return;
      }
      synchronized (threads) {
        threads.add(Thread.ofVirtual().start(() -> arrive(intended, from)));
      }
    }
  }

  private void arrive(long intended, long from) {
    Request prepared = prepared(intended < from);
    if (parkUntil(intended)) {
      send(prepared, intended);
    }
  }

  /// @return false when the window ended first
  private static boolean parkUntil(long instant) {
    for (long left = instant - System.nanoTime(); left > 0; left = instant - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.currentThread().isInterrupted()) {
        return false;
      }
    }
    return true;
  }

  /// Prepares a request; if that fails, sending it throws the reason.
  private Request prepared(boolean warm) {
    int number = (warm ? warmed : measured).getAndIncrement();
    try {
      return server.prepare(number, warm);
    } catch (RequestException e) {
      return new Request(
          "",
          () -> {
            throw e;
          });
    }
  }

  private void send(Request request, long intended) {
    long started = System.nanoTime();
    try {
      ChatReply reply = request.sending.send();
      samples.add(
          new RequestSample(intended, started, System.nanoTime(), request.image, reply, ""));
    } catch (RequestException e) {
      String problem = e.failure().message();
      samples.add(
          new RequestSample(intended, started, System.nanoTime(), request.image, null, problem));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // the window has ended
    }
  }
}
