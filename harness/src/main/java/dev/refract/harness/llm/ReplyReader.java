package dev.refract.harness.llm;

import dev.refract.harness.llm.ChatReply.Latency;
import dev.refract.harness.text.WellFormed;
import dev.refract.reports.result.FailureKind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Parses a server's response to a reply or a failure.
record ReplyReader(Endpoint endpoint) {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MAX_QUOTED_CHARS = 300;
  private static final String DATA_FIELD = "data:";

  /// No key or a wrong one, no credit, no access.
  private static final Set<Integer> DENIALS = Set.of(401, 402, 403);

  AttemptResult whole(TimedChunks pieces, boolean raw) {
    try {
      JsonNode root = JSON.readTree(pieces.bytes(), 0, pieces.length());
      if (!root.isObject()) {
        return incomplete(pieces.text());
      }
      JsonNode choice = root.path("choices").path(0);
      for (JsonNode error : List.of(root.path("error"), choice.path("error"))) {
        if (!error.isMissingNode() && !error.isNull()) {
          return failed(error, pieces.text());
        }
      }
      JsonNode content = raw ? choice.path("text") : choice.path("message").path("content");
      if (!content.isString()) {
        return AttemptResult.failed(
            FailureKind.PROTOCOL,
            "%s sent no choices[0].%s: %s"
                .formatted(endpoint, raw ? "text" : "message.content", quoted(pieces.text())),
            false);
      }
      return succeeded(
          new ChatReply(
              WellFormed.of(content.asString()),
              string(choice.path("finish_reason")),
              Usage.of(root.path("usage")),
              null,
              null,
              List.of()));
    } catch (JacksonException _) {
      return incomplete(pieces.text());
    }
  }

  /// An empty body, one that was cut off, or a proxy's page: the next one may be whole.
  private AttemptResult incomplete(String text) {
    return AttemptResult.failed(
        FailureKind.PROTOCOL,
        text.isBlank()
            ? endpoint + " sent an empty body"
            : endpoint + " sent no complete JSON object: " + quoted(text),
        true);
  }

  /// An error that a server reports with status 200, as gateways do that answer before the model
  /// does. Its code decides as a status would; without one it may not happen again.
  private AttemptResult failed(JsonNode error, String body) {
    JsonNode code = error.path("code");
    int status =
        code.isIntegralNumber() && code.asInt(0) >= 400 && code.asInt(0) < 600 ? code.asInt(0) : 0;
    if (status == 0) {
      return AttemptResult.failed(
          FailureKind.SERVER, endpoint + " reported an error: " + quoted(said(body)), true);
    }
    return refused(status, body, null);
  }

  /// Parses server-sent events, each with a piece of the text.
  ///
  /// @param sent when the request was sent
  AttemptResult streamed(TimedChunks pieces, boolean raw, long sent) {
    Stream stream = new Stream(raw);
    byte[] bytes = pieces.bytes();
    try {
      for (int from = 0; from < pieces.length(); ) {
        int end = from;
        while (end < pieces.length() && bytes[end] != '\n') {
          end++;
        }
        String line = new String(bytes, from, end - from, StandardCharsets.UTF_8);
        if (line.startsWith(DATA_FIELD)) {
          stream.event(
              line.substring(DATA_FIELD.length()).strip(),
              pieces.instant(Math.min(end, pieces.length() - 1)));
        }
        from = end + 1;
      }
    } catch (JacksonException _) {
      stream.complete = false; // cut off in the middle of an event
    }
    if (stream.error != null) {
      return AttemptResult.failed(
          FailureKind.SERVER, endpoint + " aborted the reply: " + quoted(stream.error), true);
    } else if (!stream.complete) {
      return AttemptResult.failed(
          FailureKind.CONNECTION, endpoint + " ended its stream too early", true);
    }
    return succeeded(
        new ChatReply(
            WellFormed.of(stream.text.toString()),
            stream.finishReason,
            stream.usage,
            null,
            stream.chunks == 0 ? null : new Latency(sent, stream.first, stream.last, stream.chunks),
            List.of()));
  }

  /// The part of a stream that has been parsed so far.
  private static final class Stream {

    private final boolean raw;
    private final StringBuilder text = new StringBuilder();
    private @Nullable String finishReason;
    private Usage usage = Usage.UNKNOWN;
    private @Nullable String error;
    private boolean complete;
    private long first;
    private long last;
    private int chunks;

    Stream(boolean raw) {
      this.raw = raw;
    }

    void event(String data, long instant) {
      if (data.equals("[DONE]")) {
        complete = true;
        return;
      }
      JsonNode root = JSON.readTree(data);
      if (root.has("error")) {
        error = data;
      }
      JsonNode choice = root.path("choices").path(0);
      JsonNode piece = raw ? choice.path("text") : choice.path("delta").path("content");
      if (piece.isString() && !piece.asString().isEmpty()) {
        text.append(piece.asString());
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
  }

  /// @param retryAfter value of the Retry-After header, or null
  AttemptResult refused(int status, String text, @Nullable String retryAfter) {
    boolean again = RetryPolicy.retryable(status);
    String said = said(text);
    return new AttemptResult(
        null,
        again
            ? FailureKind.SERVER
            : denied(status, said) ? FailureKind.DENIED : FailureKind.REFUSED,
        "%s answered %d: %s%s".formatted(endpoint, status, quoted(said), cause(status, said)),
        status,
        again,
        retryAfter,
        false);
  }

  /// Whether a status holds for all requests. Gateways also refuse single inputs with 403.
  private static boolean denied(int status, String said) {
    return DENIALS.contains(status) && !moderated(said.toLowerCase(Locale.ROOT));
  }

  private static boolean moderated(String words) {
    return words.contains("moderation") || words.contains("flagged");
  }

  private static AttemptResult succeeded(ChatReply reply) {
    return new AttemptResult(reply, null, "", 200, false, null, false);
  }

  /// The message inside an error body if it has one of the usual forms, otherwise the whole body.
  private static String said(String text) {
    try {
      JsonNode root = JSON.readTree(text);
      for (JsonNode place :
          List.of(
              root.path("error").path("message"),
              root.path("choices").path(0).path("error").path("message"),
              root.path("message"),
              root.path("detail"),
              root.path("error"))) {
        if (place.isString()) {
          return place.asString();
        }
      }
    } catch (JacksonException _) {
      // a proxy's error page, or plain text
    }
    return text;
  }

  private String cause(int status, String said) {
    String words = said.toLowerCase(Locale.ROOT);
    return switch (status) {
      case 401, 403 ->
          moderated(words)
              ? "; the provider's filter refuses this input"
              : "; set api_key_env to the name of the variable with the API key";
      case 402 -> "; the account has no credit: add some, then run the same command again";
      case 404 ->
          words.contains("model")
              ? "; the server has no model '%s': see %s/models, or check the base URL"
                  .formatted(endpoint.model(), endpoint.baseUrls().getFirst())
              : "; the base URL is probably wrong: it must end in /v1";
      case 400, 413, 422 -> tooLarge(words);
      default -> "";
    };
  }

  private static String tooLarge(String words) {
    if (words.contains("context")
        || words.contains("max_tokens")
        || words.contains("max_model_len")
        || words.contains("maximum") && words.contains("token")) {
      return "; the context is too long for this model: lower max_tokens, or serve it with a larger"
          + " context";
    } else if (words.contains("image")
        || words.contains("pixel")
        || words.contains("multimodal")
        || words.contains("multi-modal")) {
      return "; the image is probably too large, or this model does not take images";
    }
    return "";
  }

  private static @Nullable String string(JsonNode node) {
    return node.isString() ? node.asString() : null;
  }

  /// The server's text on one line, with any echoed API key removed.
  private String quoted(String text) {
    // The key is masked before anything is cut: no part of it may stay.
    String masked =
        endpoint.apiKey() == null || endpoint.apiKey().isEmpty()
            ? text
            : text.replace(endpoint.apiKey(), "***");
    String start = masked.substring(0, Math.min(masked.length(), 4 * MAX_QUOTED_CHARS));
    String plain = start.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return plain.length() > MAX_QUOTED_CHARS ? plain.substring(0, MAX_QUOTED_CHARS) + "..." : plain;
  }
}
