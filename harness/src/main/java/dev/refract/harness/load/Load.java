package dev.refract.harness.load;

import com.sun.management.OperatingSystemMXBean;
import dev.refract.harness.llm.ChatReply;
import dev.refract.harness.llm.RequestException;
import dev.refract.harness.os.Halt;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/// Puts a load on a server: a warm-up, then, without letting it drain, a window in which what ends
/// is counted. What is still in flight when the window ends is ended and counts nowhere.
public final class Load {

  private static final double NANOS = 1e9;

  private final Server server;
  private final LoadShape shape;
  private final Duration warmUp;
  private final Duration window;
  private final Halt halt;
  private final ConcurrentLinkedQueue<Shot> shots = new ConcurrentLinkedQueue<>();
  private final AtomicInteger warmed = new AtomicInteger();
  private final AtomicInteger measured = new AtomicInteger();

  /// What is asked.
  @FunctionalInterface
  public interface Server {

    /// @param number of the request, from 0, the warm-up's apart
    ChatReply ask(int number, boolean warm) throws RequestException, InterruptedException;
  }

  /// What came of it.
  ///
  /// @param from start of the window on the clock of `System.nanoTime`; likewise its end
  /// @param clientCpu share of this machine's processors that the client used in the window
  public record Outcome(List<Shot> shots, long from, long to, double clientCpu) {}

  /// @param warmUp before the window; nothing for an offline load, whose window is all of it
  public Load(Server server, LoadShape shape, Duration warmUp, Duration window, Halt halt) {
    this.server = server;
    this.shape = shape;
    this.warmUp = warmUp;
    this.window = window;
    this.halt = halt;
  }

  public Outcome run() throws InterruptedException {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long start = System.nanoTime();
    List<Thread> threads = new ArrayList<>();
    if (shape instanceof LoadShape.Offline offline) {
      long cpu = system.getProcessCpuTime();
      for (int i = 0; i < offline.requests(); i++) {
        threads.add(Thread.ofVirtual().start(() -> shoot(start, Long.MIN_VALUE)));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      return outcome(start, System.nanoTime(), cpu, system);
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
    halt.sleep(Duration.ofNanos(from - System.nanoTime()));
    long cpu = system.getProcessCpuTime();
    halt.sleep(Duration.ofNanos(from + window.toNanos() - System.nanoTime()));
    Outcome outcome = outcome(from, System.nanoTime(), cpu, system);
    synchronized (threads) {
      threads.forEach(Thread::interrupt);
    }
    return outcome;
  }

  private Outcome outcome(long from, long to, long cpu, OperatingSystemMXBean system) {
    double share =
        (double) (system.getProcessCpuTime() - cpu) / (to - from) / system.getAvailableProcessors();
    List<Shot> counted =
        shots.stream().filter(shot -> shot.ended() >= from && shot.ended() <= to).toList();
    return new Outcome(counted, from, to, share);
  }

  private void user(long from) {
    while (!Thread.currentThread().isInterrupted() && !halt.isWished()) {
      shoot(System.nanoTime(), from);
    }
  }

  private void arrivals(LoadShape.Open open, long start, long from, List<Thread> threads) {
    LoadShape.Gaps gaps = open.gaps();
    double at = 0;
    while (!Thread.currentThread().isInterrupted() && !halt.isWished()) {
      at += gaps.next();
      long intended = start + (long) (at * NANOS);
      for (long left = intended - System.nanoTime(); left > 0; ) {
        LockSupport.parkNanos(left);
        if (Thread.interrupted()) {
          return;
        }
        left = intended - System.nanoTime();
      }
      synchronized (threads) {
        threads.add(Thread.ofVirtual().start(() -> shoot(intended, from)));
      }
    }
  }

  private void shoot(long intended, long from) {
    boolean warm = intended < from;
    int number = (warm ? warmed : measured).getAndIncrement();
    long started = System.nanoTime();
    try {
      ChatReply reply = server.ask(number, warm);
      shots.add(new Shot(intended, started, System.nanoTime(), reply, "", warm));
    } catch (RequestException e) {
      shots.add(new Shot(intended, started, System.nanoTime(), null, e.failure().message(), warm));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // the window has ended
    }
  }
}
