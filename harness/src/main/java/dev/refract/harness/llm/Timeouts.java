package dev.refract.harness.llm;

import java.time.Duration;

/// How long an attempt may take, part by part, once its connection stands.
///
/// @param firstByte from the start to the first byte of the reply; without streaming that is the
///   whole generation
/// @param betweenChunks between two pieces of a reply
/// @param total of one attempt
/// @param request of a request with all its attempts and the waits between them
public record Timeouts(
    Duration firstByte, Duration betweenChunks, Duration total, Duration request) {

  private static final int MAX_ATTEMPTS = 4;

  /// The usual ones for attempts of at most so long.
  public static Timeouts of(Duration attempt) {
    return new Timeouts(attempt, attempt, attempt, attempt.multipliedBy(MAX_ATTEMPTS));
  }
}
