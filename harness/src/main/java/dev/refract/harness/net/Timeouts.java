package dev.refract.harness.net;

import java.time.Duration;

/// Time limits of an attempt once its connection is established, and of the whole request.
///
/// @param firstByte from the start to the first byte of the reply; without streaming this includes
///   the whole generation
/// @param betweenChunks between two chunks of a reply
/// @param total of one attempt
/// @param request of a request with all its attempts and the waits between them
public record Timeouts(
    Duration firstByte, Duration betweenChunks, Duration total, Duration request) {

  private static final int MAX_ATTEMPTS = 4;

  /// The usual limits for a given limit of one attempt.
  public static Timeouts of(Duration attempt) {
    return new Timeouts(attempt, attempt, attempt, attempt.multipliedBy(MAX_ATTEMPTS));
  }
}
