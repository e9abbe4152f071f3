package dev.refract.harness.llm;

/// How many requests may be in flight: a fixed number, or one that finds itself as TCP does
/// (additive increase, multiplicative decrease; Chiu and Jain 1989, RFC 5681). It rises by one for
/// each reply until the server first says that it is too much, and by one for each round of replies
/// from there on; then it is halved, once for all requests that were in flight together. It grows
/// only while it is used up: else nothing is learnt. A pure value; {@link AdaptiveSemaphore} holds
/// it.
///
/// @param adaptive whether it finds itself
/// @param now requests that may be in flight, at least 1
/// @param most that it may become
/// @param starting whether the server has never said that it is too much
/// @param landed replies since it last grew
/// @param calm the instant, on the clock of `System.nanoTime`, before which it is not cut again
public record ConcurrencyLimit(
    boolean adaptive, int now, int most, boolean starting, int landed, long calm) {

  private static final int INITIAL_LIMIT = 8;
  private static final long COOL_DOWN_NANOS = 5_000_000_000L;

  public static ConcurrencyLimit fixed(int requests) {
    return new ConcurrencyLimit(false, requests, requests, false, 0, 0);
  }

  /// @param nanos on the clock of `System.nanoTime`
  public static ConcurrencyLimit adaptive(int most, long nanos) {
    return new ConcurrencyLimit(true, Math.min(INITIAL_LIMIT, most), most, true, 0, nanos);
  }

  /// After a reply.
  ///
  /// @param inFlight how many requests there were, this one included
  ConcurrencyLimit landed(int inFlight) {
    if (!adaptive || now == most || inFlight < now) {
      return this;
    } else if (starting || landed + 1 >= now) {
      return new ConcurrencyLimit(adaptive, now + 1, most, starting, 0, calm);
    }
    return new ConcurrencyLimit(adaptive, now, most, false, landed + 1, calm);
  }

  /// After the server said that it is too much, or did not answer in time.
  ConcurrencyLimit overloaded(long nanos) {
    return !adaptive || nanos - calm < 0
        ? this
        : new ConcurrencyLimit(true, Math.max(1, now / 2), most, false, 0, nanos + COOL_DOWN_NANOS);
  }
}
