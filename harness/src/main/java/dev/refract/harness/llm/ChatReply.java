package dev.refract.harness.llm;

import dev.refract.reports.result.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// @param finishReason as the server said, such as `stop` or `length`; null when it said nothing
/// @param usage how many tokens it took
/// @param sent when it was sent, or null when nobody sent it
/// @param latency of a reply that was streamed, or null
/// @param retried why earlier attempts gave nothing
public record ChatReply(
    String text,
    @Nullable String finishReason,
    Usage usage,
    @Nullable Sent sent,
    @Nullable Latency latency,
    List<Failure> retried) {

  /// When the attempt that succeeded was sent and how long it took, without what it waited for
  /// before.
  ///
  /// @param millis Unix time in milliseconds
  public record Sent(long millis, double seconds) {}

  /// When the parts of a streamed reply came, on the clock of `System.nanoTime`, taken before they
  /// were looked at.
  ///
  /// @param sent when the attempt that succeeded began
  /// @param first when the first text came
  /// @param last when the last text came
  /// @param chunks that held text
  public record Latency(long sent, long first, long last, int chunks) {}

  /// A reply that no server counted.
  public static ChatReply of(String text) {
    return new ChatReply(text, null, Usage.UNKNOWN, null, null, List.of());
  }

  ChatReply after(List<Failure> attempts) {
    return new ChatReply(text, finishReason, usage, sent, latency, attempts);
  }

  ChatReply sent(Sent when) {
    return new ChatReply(text, finishReason, usage, when, latency, retried);
  }

  public ChatReply with(Usage counted) {
    return new ChatReply(text, finishReason, counted, sent, latency, retried);
  }
}
