package dev.refract.harness.caption;

import dev.refract.harness.llm.ChatReply;
import dev.refract.harness.llm.Usage;
import dev.refract.reports.result.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a captioner says of an image; empty when it says nothing.
///
/// @param finishReason as the server said, or null
/// @param usage how many tokens it took
/// @param sent when it was asked for, or null when nobody was asked
/// @param retried why earlier attempts gave nothing
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
