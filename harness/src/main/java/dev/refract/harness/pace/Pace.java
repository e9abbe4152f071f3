package dev.refract.harness.pace;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// When the next request may be sent to a server: the shared decision of all threads and clients
/// that use it. All instants are on the clock of `System.nanoTime`.
///
/// A rate limit pauses all of them for as long as the server asks, or with growing waits. So do
/// failures without a reply between them. After a pause one request is sent alone; its reply ends
/// the pause. If it ends a long rate limit, the requests after it are spaced out at the rate that
/// the server accepted before.
public final class Pace {

  /// Failures without a reply between them that mean that the server is away.
  public static final int MAX_FAILURES = 4;

  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final Duration LONG_LIMIT = Duration.ofSeconds(5);
  private static final double SECOND = 1e9;

  /// Added to what a server asks for, which it rounds.
  private static final Duration MOMENT = Duration.ofMillis(250);

  /// How much of the accepted rate is used, since a further refusal costs another wait.
  private static final double MARGIN = 0.95;

  /// How much faster the requests may become with each reply after a rate limit.
  private static final double RECOVERY = 1.0005;

  private double mostPerSecond;
  private double tokensPerSecond = Double.POSITIVE_INFINITY;
  private double perSecond;
  private int inFlight;
  private long nextAt;
  private long pausedUntil;
  private long pausedAt;
  private long firstPausedAt;
  private boolean probing;
  private boolean limited;
  private boolean gone;
  private @Nullable Long limitedUntil;
  private int pauses;
  private int failures;
  private @Nullable Long awaySince;
  private long countedFrom;
  private int accepted;

  /// A pace without limits.
  public static Pace unlimited() {
    return new Pace(System.nanoTime());
  }

  public Pace(long now) {
    this.mostPerSecond = Double.POSITIVE_INFINITY;
    this.perSecond = Double.POSITIVE_INFINITY;
    this.nextAt = now;
    this.pausedUntil = now;
    this.pausedAt = now;
    this.firstPausedAt = now;
    this.countedFrom = now;
  }

  /// Lowers the limits to those of a client; the lowest of all its clients counts.
  ///
  /// @param limits of one client
  public synchronized void limitTo(Limits limits) {
    mostPerSecond = Math.min(mostPerSecond, limits.requestsPerMinute() / 60);
    perSecond = Math.min(perSecond, mostPerSecond);
    tokensPerSecond = Math.min(tokensPerSecond, limits.tokensPerMinute() / 60);
  }

  /// Takes the permission for a request, or says how long to wait before the next attempt, in
  /// nanoseconds: 0 when the request may be sent, and `Long.MAX_VALUE` when the outcome of another
  /// request decides. {@link #done} must follow each permission.
  public synchronized long tryAcquire(long now) {
    if (probing && inFlight > 0) {
      return Long.MAX_VALUE;
    }
    long wait = Math.max(0, Math.max(pausedUntil - now, nextAt - now));
    if (wait == 0) {
      inFlight++;
      if (!Double.isInfinite(perSecond)) {
        nextAt = Math.max(nextAt, now) + (long) (SECOND / perSecond);
      }
    }
    return wait;
  }

  /// After the outcome of a request.
  public synchronized void done() {
    inFlight--;
  }

  /// Whether the next request is the one that finds out whether a pause is over.
  public synchronized boolean isProbing() {
    return probing;
  }

  /// Whether the pause is a rate limit, so that the server itself works.
  public synchronized boolean isLimited() {
    return limited;
  }

  /// After a reply, or a refusal of this one request: the server works.
  ///
  /// @return whether this ended a pause
  public synchronized boolean replied(long sent, long now) {
    accepted++;
    if (sent - pausedAt < 0) {
      return false; // sent before the pause, so it says nothing about it
    }
    boolean resumed = probing;
    long until = limitedUntil == null ? now : limitedUntil;
    if (resumed && limited && until - firstPausedAt >= LONG_LIMIT.toNanos() && accepted > 1) {
      double seconds = Math.max(1e-3, (until - countedFrom) / SECOND);
      perSecond = Math.min(mostPerSecond, MARGIN * (accepted - 1) / seconds);
      nextAt = now + (long) (SECOND / perSecond);
    } else {
      perSecond = Math.min(mostPerSecond, perSecond * RECOVERY);
    }
    if (resumed) {
      countedFrom = now;
      accepted = 1;
    }
    probing = false;
    limited = false;
    limitedUntil = null;
    pauses = 0;
    failures = 0;
    awaySince = null;
    return resumed;
  }

  /// After a rate limit.
  ///
  /// @param asked how long the server asks to wait, or null
  public synchronized void limited(long sent, @Nullable Duration asked, long now) {
    boolean known = sent - pausedAt < 0;
    boolean first = pauses == 0;
    if (!known) {
      pause(now, asked == null ? growing() : asked.plus(MOMENT), asked != null);
      limited = true;
    } else if (asked != null && now + asked.toNanos() - pausedUntil > 0) {
      pausedUntil = now + asked.plus(MOMENT).toNanos();
    }
    if (asked != null && (first || known && pauses == 1)) {
      limitedUntil = pausedUntil; // what the server asks for at first is the length of its window
    }
  }

  /// After a failure that a working server does not give.
  ///
  /// @param isGone whether there was no connection, or it broke
  public synchronized void failed(long sent, boolean isGone, long now) {
    if (sent - pausedAt < 0) {
      return;
    }
    gone = isGone;
    failures++;
    if (probing || failures >= MAX_FAILURES) {
      pause(now, growing(), false);
      limited = false;
    }
  }

  private void pause(long now, Duration wait, boolean asked) {
    pausedUntil = now + wait.toNanos();
    pausedAt = now;
    firstPausedAt = pauses == 0 ? now : firstPausedAt;
    probing = true;
    pauses++;
    failures = 0;
    if (asked) {
      awaySince = null; // what the server asks for is waited for, however long it is
    } else if (awaySince == null) {
      awaySince = Long.valueOf(now);
    }
  }

  /// After a server that was gone answered a probe: it is there, whatever becomes of the next
  /// request, which it may die of again. A server that only fails to reply to requests is not back
  /// by that.
  public synchronized void seen() {
    if (gone) {
      awaySince = null;
      pauses = 0;
    }
  }

  private Duration growing() {
    Duration wait = FIRST_PAUSE.multipliedBy(1L << Math.min(pauses, 12));
    return wait.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : wait;
  }

  /// After tokens were used, input and output together.
  public synchronized void used(long tokens, long now) {
    if (!Double.isInfinite(tokensPerSecond)) {
      nextAt = Math.max(nextAt, now) + (long) (tokens / tokensPerSecond * SECOND);
    }
  }

  /// How long the current pause still lasts.
  public synchronized Duration left(long now) {
    return Duration.ofNanos(Math.max(0, pausedUntil - now));
  }

  /// For how long no request has got a reply, without the waits that the server asked for.
  public synchronized Duration away(long now) {
    return awaySince == null ? Duration.ZERO : Duration.ofNanos(now - awaySince);
  }
}
