package dev.refract.harness.llm;

import dev.refract.reports.result.Ending;
import dev.refract.reports.result.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A reply of a model.
///
/// @param ending how it ended, and what the server separated from it as thoughts
/// @param usage token counts
/// @param sent time of the request, or null when no request was sent
/// @param latency of a streamed reply, or null
/// @param retried why earlier attempts failed
public record ChatReply(
    String text,
    Ending ending,
    Usage usage,
    @Nullable Sent sent,
    @Nullable Latency latency,
    List<Failure> retried) {

  /// When the successful attempt was sent and how long it took, without the wait before it.
  ///
  /// @param millis Unix time in milliseconds
  public record Sent(long millis, double seconds) {}

  /// Arrival times of a streamed reply, on the clock of `System.nanoTime`, taken before parsing.
  ///
  /// @param sent when the successful attempt began
  /// @param first when the first text arrived
  /// @param last when the last text arrived
  /// @param chunks number of chunks that contained text
  public record Latency(long sent, long first, long last, int chunks) {}

  /// A reply without token counts and times.
  public static ChatReply of(String text) {
    return new ChatReply(text, Ending.UNKNOWN, Usage.UNKNOWN, null, null, List.of());
  }

  ChatReply after(List<Failure> attempts) {
    return new ChatReply(text, ending, usage, sent, latency, attempts);
  }

  ChatReply withoutLatency() {
    return new ChatReply(text, ending, usage, sent, null, retried);
  }

  ChatReply sent(Sent when) {
    return new ChatReply(text, ending, usage, when, latency, retried);
  }

  /// The same, for a request that was sent in two parts: its time is that of both.
  public ChatReply including(ChatReply first) {
    return sent == null || first.sent == null
        ? this
        : sent(new Sent(first.sent.millis, first.sent.seconds + sent.seconds));
  }

  public ChatReply with(Usage counted) {
    return new ChatReply(text, ending, counted, sent, latency, retried);
  }
}
