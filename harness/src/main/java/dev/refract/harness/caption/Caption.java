package dev.refract.harness.caption;

import dev.refract.harness.llm.ChatReply;
import dev.refract.reports.result.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a captioner says of an image; empty when it says nothing.
///
/// @param finishReason as the server said, or null
/// @param inputTokens as the server counted them, the image's among them, or null
/// @param outputTokens as the server counted them, or null
/// @param sent when it was asked for, or null when nobody was asked
/// @param retried why earlier attempts gave nothing
public record Caption(
    String text,
    @Nullable String finishReason,
    @Nullable Integer inputTokens,
    @Nullable Integer outputTokens,
    ChatReply.@Nullable Sent sent,
    List<Failure> retried) {

  static Caption of(String text) {
    return new Caption(text, null, null, null, null, List.of());
  }

  static Caption of(ChatReply reply) {
    return new Caption(
        reply.text(),
        reply.finishReason(),
        reply.inputTokens(),
        reply.outputTokens(),
        reply.sent(),
        reply.retried());
  }
}
