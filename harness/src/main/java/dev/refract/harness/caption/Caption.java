package dev.refract.harness.caption;

import dev.refract.harness.llm.ChatReply;
import dev.refract.harness.llm.Usage;
import dev.refract.reports.result.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A captioner's text for an image; may be empty.
///
/// @param finishReason finish reason reported by the server, or null
/// @param usage token counts
/// @param sent time of the request, or null when no request was sent
/// @param retried why earlier attempts failed
public record Caption(
    String text,
    @Nullable String finishReason,
    Usage usage,
    ChatReply.@Nullable Sent sent,
    List<Failure> retried) {

  static Caption of(String text) {
    return new Caption(text, null, Usage.UNKNOWN, null, List.of());
  }

  public static Caption of(ChatReply reply) {
    return new Caption(
        reply.text(), reply.finishReason(), reply.usage(), reply.sent(), reply.retried());
  }
}
