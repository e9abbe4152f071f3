package dev.refract.harness.load;

import dev.refract.harness.llm.ChatReply;
import dev.refract.reports.result.ReplyEnd;
import org.jspecify.annotations.Nullable;

/// One request of a load. Times are on the clock of `System.nanoTime`.
///
/// @param intended when the request was due
/// @param started when the client sent it
/// @param ended when the last byte arrived or the request failed
/// @param image digest of its image; empty when it is not from a dataset
/// @param reply null when the request failed
/// @param problem reason of the failure; empty when there is a reply
public record RequestSample(
    long intended,
    long started,
    long ended,
    String image,
    @Nullable ChatReply reply,
    String problem) {

  private static final double NANOS_PER_SECOND = 1e9;

  boolean isTruncated() {
    return reply != null && reply.ending().end() == ReplyEnd.TRUNCATED;
  }

  /// Seconds from the intended start to the last byte; this includes delays of a slow client.
  double endToEnd() {
    return (ended - intended) / NANOS_PER_SECOND;
  }

  /// Seconds by which the client sent the request late.
  double lag() {
    return (started - intended) / NANOS_PER_SECOND;
  }

  /// Seconds from sending to the first text; NaN for a reply that was not streamed.
  double firstToken() {
    ChatReply.Latency latency = reply == null ? null : reply.latency();
    return latency == null ? Double.NaN : (latency.first() - latency.sent()) / NANOS_PER_SECOND;
  }

  /// Seconds per output token: (last text - first text) / (output tokens - 1); NaN when unknown.
  double perToken() {
    ChatReply.Latency latency = reply == null ? null : reply.latency();
    Integer tokens = reply == null ? null : reply.usage().output();
    return latency == null || tokens == null || tokens < 2
        ? Double.NaN
        : (latency.last() - latency.first()) / NANOS_PER_SECOND / (tokens - 1);
  }
}
