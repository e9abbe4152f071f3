package dev.refract.harness.caption;

import dev.refract.harness.llm.ChatReply;
import dev.refract.harness.llm.Usage;
import dev.refract.reports.caption.Thoughts;
import dev.refract.reports.result.Ending;
import dev.refract.reports.result.Failure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A captioner's text for an image; may be empty.
///
/// @param ending how it ended, and the thoughts before it
/// @param usage token counts
/// @param sent time of the request, or null when no request was sent
/// @param retried why earlier attempts failed
public record Caption(
    String text, Ending ending, Usage usage, ChatReply.@Nullable Sent sent, List<Failure> retried) {

  static Caption of(String text) {
    return new Caption(text, Ending.UNKNOWN, Usage.UNKNOWN, null, List.of());
  }

  /// The caption that a reply contains: the answerer never reads a captioner's thoughts.
  public static Caption of(ChatReply reply) {
    Thoughts in = Thoughts.of(reply.text());
    String apart = reply.ending().thoughts();
    String thoughts = in.exist() ? in.thoughts() : apart;
    return new Caption(
        in.said(),
        new Ending(reply.ending().finishReason(), thoughts),
        reply.usage(),
        reply.sent(),
        reply.retried());
  }
}
