package dev.refract.harness.llm;

import dev.refract.harness.llm.ChatReply.Latency;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The part of a streamed reply that has been parsed so far.
final class StreamedReply {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final boolean raw;
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder thoughts = new StringBuilder();
  private boolean refused;
  private String model = "";
  private @Nullable String finishReason;
  private Usage usage = Usage.UNKNOWN;
  private @Nullable JsonNode error;
  private boolean complete;
  private long first;
  private long last;
  private int chunks;

  StreamedReply(boolean raw) {
    this.raw = raw;
  }

  /// @param data of a server-sent event
  /// @param instant of its arrival
  /// @throws tools.jackson.core.JacksonException when it is not whole
  void event(String data, long instant) {
    if (data.equals("[DONE]")) {
      complete = true;
      return;
    }
    JsonNode root = JSON.readTree(data);
    model = root.path("model").asString(model);
    JsonNode choice = root.path("choices").path(0);
    JsonNode failure = ReplyReader.error(root, choice);
    error = failure == null ? error : failure;
    ReplyContent piece =
        (raw ? ReplyContent.raw(choice) : ReplyContent.ofDelta(choice.path("delta")))
            .orElse(ReplyContent.EMPTY);
    text.append(piece.text());
    thoughts.append(piece.thoughts());
    refused |= piece.refused();
    // Thoughts are output too: the first token is the first of them.
    if (!piece.text().isEmpty() || !piece.thoughts().isEmpty()) {
      first = chunks == 0 ? instant : first;
      last = instant;
      chunks++;
    }
    if (choice.path("finish_reason").isString()) {
      finishReason = choice.path("finish_reason").asString();
      complete = true;
    }
    // Each count is cumulative, so the last one is the total.
    usage = Usage.of(root.path("usage")).or(usage);
  }

  ReplyContent content() {
    return new ReplyContent(text.toString(), thoughts.toString(), refused);
  }

  @Nullable String finishReason() {
    return finishReason;
  }

  /// The model that the server names; empty for none.
  String model() {
    return model;
  }

  Usage usage() {
    return usage;
  }

  @Nullable JsonNode error() {
    return error;
  }

  /// Whether the server said that the reply is whole.
  boolean isComplete() {
    return complete;
  }

  /// @param sent when the request was sent
  @Nullable Latency latency(long sent) {
    return chunks == 0 ? null : new Latency(sent, first, last, chunks);
  }
}
