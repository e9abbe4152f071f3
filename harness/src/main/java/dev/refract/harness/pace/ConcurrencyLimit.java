package dev.refract.harness.pace;

/// How many requests may be in flight: a fixed number, or one that adapts as in TCP (additive
/// increase, multiplicative decrease; Chiu and Jain 1989, RFC 5681).
///
/// The limit grows by one per reply until the first overload, afterwards by one per round of
/// replies. An overload halves it, once for all requests that were in flight together. It grows
/// only while it is fully used: otherwise a reply shows nothing about a higher limit. An immutable
/// value, held by `Admission`.
///
/// @param adaptive whether the limit adapts
/// @param now requests that may be in flight, at least 1
/// @param most maximum of the limit
/// @param starting whether there was no overload yet
/// @param replies number since the limit last grew
/// @param calm the instant, on the clock of `System.nanoTime`, before which it is not cut again
public record ConcurrencyLimit(
    boolean adaptive, int now, int most, boolean starting, int replies, long calm) {

  private static final int INITIAL_LIMIT = 8;
  private static final long COOL_DOWN_NANOS = 5_000_000_000L;

  /// A number that is only left while the server limits the rate.
  public static ConcurrencyLimit fixed(int requests) {
    return new ConcurrencyLimit(false, requests, requests, false, 0, System.nanoTime());
  }

  /// No limit, for load tests, which set the number of requests themselves.
  public static ConcurrencyLimit unlimited() {
    int most = Integer.MAX_VALUE / 2;
    return new ConcurrencyLimit(false, most, most, false, 0, 0);
  }

  /// @param nanos on the clock of `System.nanoTime`
  public static ConcurrencyLimit adaptive(int most, long nanos) {
    return new ConcurrencyLimit(true, Math.min(INITIAL_LIMIT, most), most, true, 0, nanos);
  }

  /// After a reply.
  ///
  /// @param inFlight number of requests in flight, including this one
  public ConcurrencyLimit succeeded(int inFlight) {
    if (now == most || inFlight < now) {
      return this;
    } else if (starting || replies + 1 >= now) {
      return new ConcurrencyLimit(adaptive, now + 1, most, starting, 0, calm);
    }
    return new ConcurrencyLimit(adaptive, now, most, false, replies + 1, calm);
  }

  /// After the server reported overload or timed out.
  public ConcurrencyLimit overloaded(long nanos) {
    return adaptive ? limited(nanos) : this;
  }

  /// After the server refused a request because there were too many.
  public ConcurrencyLimit limited(long nanos) {
    return nanos - calm < 0
        ? this
        : new ConcurrencyLimit(
            adaptive, Math.max(1, now / 2), most, false, 0, nanos + COOL_DOWN_NANOS);
  }
}
