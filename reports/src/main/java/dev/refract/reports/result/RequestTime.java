package dev.refract.reports.result;

/// When a request was sent and how long it took.
///
/// @param startedMillis Unix time in milliseconds at which it was handed over; 0 when this run did
///   not send it
/// @param seconds from hand-over to the last byte
public record RequestTime(long startedMillis, double seconds) {

  /// Of what this run did not ask for.
  public static final RequestTime NONE = new RequestTime(0, 0);
}
