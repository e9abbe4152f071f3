package dev.refract.harness.llm;

import dev.refract.harness.llm.AttemptResult.Health;
import dev.refract.harness.os.CancellationToken;
import dev.refract.harness.os.Notices;
import dev.refract.harness.pace.ConcurrencyLimit;
import dev.refract.harness.pace.Pace;
import dev.refract.harness.text.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Admits requests to an endpoint: as many in flight as a {@link ConcurrencyLimit} allows, in the
/// order in which they came, and when the {@link Pace} allows.
final class Admission {

  /// How often a waiting thread looks for a cancellation.
  private static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /// A pause shorter than this is not worth a word.
  private static final Duration QUIET = Duration.ofSeconds(2);

  /// A longer wait ends the run, which continues by the same command, unless the user's patience is
  /// greater.
  private static final Duration LONGEST_ASKED = Duration.ofHours(2);

  private final ReentrantLock lock = new ReentrantLock();

  /// The threads that wait, each at its own condition: only the first can be admitted.
  private final ArrayDeque<Condition> queue = new ArrayDeque<>();

  private final String who;
  private final Duration patience;
  private final boolean waits;
  private final CancellationToken cancellation;
  private final Notices notices;
  private final Pace pace;
  private ConcurrencyLimit concurrency;
  private int inFlight;
  private boolean answered;
  private boolean announced;

  /// @param who the endpoint, for messages
  /// @param pace of all clients of the endpoint
  /// @param patience how long an endpoint that gives no reply is waited for
  /// @param waits whether a rate limit or an outage pauses requests; a load test measures both
  Admission(
      String who,
      ConcurrencyLimit concurrency,
      Pace pace,
      Duration patience,
      boolean waits,
      CancellationToken cancellation,
      Notices notices) {
    this.who = who;
    this.concurrency = concurrency;
    this.pace = pace;
    this.patience = patience;
    this.waits = waits;
    this.cancellation = cancellation;
    this.notices = notices;
  }

  /// An admitted request.
  ///
  /// @param sent when it was admitted
  /// @param probes whether it finds out if the server is back, while all others wait
  record Ticket(long sent, boolean probes) {}

  /// Waits for the permission to send one request.
  ///
  /// @throws StoppedException when the run is cancelled meanwhile
  Ticket acquire() throws StoppedException, InterruptedException {
    lock.lock();
    try {
      Condition place = lock.newCondition();
      queue.addLast(place);
      try {
        while (true) {
          if (cancellation.isCancelled()) {
            throw new StoppedException();
          }
          long now = System.nanoTime();
          boolean first = queue.peekFirst() == place && inFlight < concurrency.now();
          long wait = first ? pace.tryAcquire(now) : Long.MAX_VALUE;
          if (wait == 0) {
            inFlight++;
            return new Ticket(now, pace.isProbing() && !pace.isLimited());
          }
          long _ = place.awaitNanos(Math.min(wait, CHECK_NANOS));
        }
      } finally {
        queue.remove(place);
        signalFirst();
      }
    } finally {
      lock.unlock();
    }
  }

  private void signalFirst() {
    Condition first = queue.peekFirst();
    if (first != null) {
      first.signal();
    }
  }

  /// After the outcome of an attempt.
  void release(Ticket ticket, AttemptResult attempt) {
    lock.lock();
    try {
      long now = System.nanoTime();
      inFlight--;
      pace.done();
      if (attempt.isOverload()) {
        concurrency = concurrency.overloaded(now);
      }
      if (attempt.health() == Health.WORKING) {
        answered = true;
        if (attempt.reply() != null) {
          concurrency = concurrency.succeeded(inFlight + 1);
        }
      }
      if (waits) {
        pause(ticket, attempt, now);
      }
      signalFirst();
    } finally {
      lock.unlock();
    }
  }

  private void pause(Ticket ticket, AttemptResult attempt, long now) {
    switch (attempt.health()) {
      case WORKING -> {
        if (pace.replied(ticket.sent, now)) {
          resumed();
        }
      }
      case LIMITED -> {
        concurrency = concurrency.limited(now);
        Duration asked = attempt.retryAfter();
        if (asked != null && asked.compareTo(LONGEST_ASKED) > 0 && asked.compareTo(patience) > 0) {
          stop(
              "asks to wait for %s; set wait_seconds=%d to wait here: %s"
                  .formatted(Clock.of(asked), asked.toSeconds() + 1, attempt.message()));
        }
        pace.limited(ticket.sent, asked, now);
        paused(attempt, now);
      }
      case AWAY, FAILING -> {
        // An address that never replied is wrong rather than away, unless a server there says that
        // it is not ready.
        if (answered || attempt.health() == Health.AWAY && attempt.connected()) {
          pace.failed(ticket.sent, attempt.isGone(), now);
          paused(attempt, now);
        }
      }
    }
  }

  /// After a probe found the server.
  void seen() {
    pace.seen();
  }

  /// Whether the endpoint ever replied.
  boolean hasAnswered() {
    lock.lock();
    try {
      return answered;
    } finally {
      lock.unlock();
    }
  }

  /// Gives a permission back without an outcome.
  void release() {
    lock.lock();
    try {
      inFlight--;
      pace.done();
      signalFirst();
    } finally {
      lock.unlock();
    }
  }

  private void paused(AttemptResult why, long now) {
    Duration away = pace.away(now);
    if (pace.isProbing() && !pace.isLimited() && away.compareTo(patience) >= 0) {
      stop(
          "gave no reply for %d minutes (wait_seconds): %s"
              .formatted(patience.toMinutes(), why.message()));
    } else if (pace.isProbing() && pace.left(now).compareTo(QUIET) >= 0) {
      String status =
          pace.isLimited()
              ? "%s limits the rate; next request in %s".formatted(who, Clock.of(pace.left(now)))
              : "%s is away for %s of at most %s; next try in %s"
                  .formatted(who, Clock.of(away), Clock.of(patience), Clock.of(pace.left(now)));
      if (!announced) {
        announced = true;
        notices.say("Waiting: " + status + " (" + why.message() + ")");
      }
      notices.status(status);
    }
  }

  private void resumed() {
    notices.status("");
    if (announced) {
      announced = false;
      notices.say("%s replies again".formatted(who));
    }
  }

  private void stop(String why) {
    cancellation.cancel(new CancellationToken.Reason(false, who + " " + why));
  }
}
