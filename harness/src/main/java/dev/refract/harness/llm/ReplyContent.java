package dev.refract.harness.llm;

import dev.refract.harness.llm.RequestForm.ThoughtMarks;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// What a message contains, in whichever form the server sends it: content as a text, as a list of
/// parts or not at all; thoughts as parts or in a field of their own.
///
/// @param text of the answer; may be empty
/// @param thoughts that the server separated from it; empty for none
/// @param refused whether the model refused to answer; the text is its refusal
record ReplyContent(String text, String thoughts, boolean refused) {

  static final ReplyContent EMPTY = new ReplyContent("", "", false);

  /// Of the endpoint for raw prompts.
  static Optional<ReplyContent> raw(JsonNode choice) {
    JsonNode text = choice.path("text");
    return text.isString()
        ? Optional.of(new ReplyContent(text.asString(), "", false))
        : Optional.empty();
  }

  /// Of a whole message; empty when the choice has none.
  static Optional<ReplyContent> of(JsonNode choice) {
    JsonNode content = choice.path("message").path("content");
    boolean known =
        content.isString() || content.isArray() || content.isNull() || content.isMissingNode();
    return known ? ofDelta(choice.path("message")) : Optional.empty();
  }

  /// Of a message, or of a piece of a streamed one.
  static Optional<ReplyContent> ofDelta(JsonNode message) {
    if (!message.isObject()) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder();
    StringBuilder thoughts = new StringBuilder();
    // vLLM and DeepSeek call the field reasoning_content; OpenRouter, Ollama and newer vLLM call it
    // reasoning. Some send both.
    JsonNode reasoning = message.path("reasoning_content");
    append(thoughts, reasoning.isString() ? reasoning : message.path("reasoning"));
    JsonNode content = message.path("content");
    if (content.isArray()) {
      for (JsonNode part : content) {
        boolean thinks =
            part.path("type").asString("").matches("thinking|reasoning|redacted_thinking");
        part(part, thinks ? thoughts : text);
      }
    } else {
      append(text, content);
    }
    JsonNode refusal = message.path("refusal");
    boolean refused = text.isEmpty() && refusal.isString() && !refusal.asString().isBlank();
    if (refused) {
      append(text, refusal);
    }
    return Optional.of(new ReplyContent(text.toString(), thoughts.toString(), refused));
  }

  /// Whether a message has no content at all, which is not the same as an empty one: neither a text
  /// nor thoughts nor a call of a tool.
  boolean isNothing(JsonNode message) {
    JsonNode content = message.path("content");
    return (content.isNull() || content.isMissingNode())
        && text.isEmpty()
        && thoughts.isEmpty()
        && message.path("tool_calls").isEmpty();
  }

  private static void part(JsonNode part, StringBuilder to) {
    if (part.isString()) {
      append(to, part);
      return;
    }
    for (String field : new String[] {"text", "thinking", "summary", "refusal"}) {
      JsonNode value = part.path(field);
      append(to, value);
      if (value.isArray()) {
        value.forEach(inner -> append(to, inner.isString() ? inner : inner.path("text")));
      }
    }
  }

  private static void append(StringBuilder to, JsonNode text) {
    if (text.isString()) {
      to.append(text.asString());
    }
  }

  /// The same with a model's own marks replaced by the usual ones.
  ReplyContent withUsualMarks(@Nullable ThoughtMarks own) {
    return own == null
        ? this
        : new ReplyContent(
            text.replace(own.open(), "<think>").replace(own.close(), "</think>"),
            thoughts,
            refused);
  }
}
