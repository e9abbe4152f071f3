package dev.refract.reports.result;

/// When a request was sent and how long it took.
///
/// @param startedMillis Unix time in milliseconds at which it was submitted; 0 when this run did
///   not send it
/// @param seconds from submission to the last byte
public record RequestTime(long startedMillis, double seconds) {

  /// The time of a request that this run did not send.
  public static final RequestTime NONE = new RequestTime(0, 0);
}
