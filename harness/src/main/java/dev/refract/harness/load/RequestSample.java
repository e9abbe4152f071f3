package dev.refract.harness.load;

import dev.refract.harness.llm.ChatReply;
import org.jspecify.annotations.Nullable;

/// One request of a load, on the clock of `System.nanoTime`.
///
/// @param intended when it should have been sent: by then the user was there
/// @param started when the client got to it
/// @param ended when the last byte had come, or nothing would
/// @param image digest of what it showed; empty where nothing known was shown
/// @param reply or null when there is none
/// @param problem why there is none; empty when there is one
public record RequestSample(
    long intended,
    long started,
    long ended,
    String image,
    @Nullable ChatReply reply,
    String problem) {

  private static final double NANOS_PER_SECOND = 1e9;

  boolean isTruncated() {
    return reply != null && "length".equals(reply.finishReason());
  }

  /// From the intended start to the last byte, so that a slow client cannot hide.
  double endToEnd() {
    return (ended - intended) / NANOS_PER_SECOND;
  }

  /// What the client was late.
  double lag() {
    return (started - intended) / NANOS_PER_SECOND;
  }

  /// From sending to the first text; NaN where the reply did not come piece by piece.
  double firstToken() {
    ChatReply.Latency latency = reply == null ? null : reply.latency();
    return latency == null ? Double.NaN : (latency.first() - latency.sent()) / NANOS_PER_SECOND;
  }

  /// (Last text - first text) / (output tokens - 1); NaN where that is not known.
  double perToken() {
    ChatReply.Latency latency = reply == null ? null : reply.latency();
    Integer tokens = reply == null ? null : reply.usage().output();
    return latency == null || tokens == null || tokens < 2
        ? Double.NaN
        : (latency.last() - latency.first()) / NANOS_PER_SECOND / (tokens - 1);
  }
}
