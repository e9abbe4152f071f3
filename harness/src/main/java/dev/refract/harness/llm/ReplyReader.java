package dev.refract.harness.llm;

import dev.refract.harness.llm.ChatReply.Latency;
import dev.refract.harness.pace.RetryHint;
import dev.refract.harness.pace.RetryPolicy;
import dev.refract.harness.text.WellFormed;
import dev.refract.reports.result.Ending;
import dev.refract.reports.result.FailureKind;
import dev.refract.reports.result.ReplyEnd;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Parses a server's response to a reply or a failure.
record ReplyReader(Endpoint endpoint, ModelEcho echo) {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int MAX_QUOTED_CHARS = 300;
  private static final String DATA_FIELD = "data:";
  private static final int MAX_STREAM_START = 64;
  private static final Pattern STREAM = Pattern.compile("\\s*(?:data:|event:|id:|:)");
  private static final int MAX_PAGE_CHARS = 20_000;
  private static final Pattern MARKUP =
      Pattern.compile("(?is)<(script|style)\\b.{0,5000}?</\\1>|<[^>]{0,500}>");

  /// No key or a wrong one, no credit, no access.
  private static final Set<Integer> DENIALS = Set.of(401, 402, 403);

  AttemptResult whole(TimedChunks pieces, boolean raw) {
    if (STREAM.matcher(pieces.start(MAX_STREAM_START)).lookingAt()) {
      return streamed(pieces, raw, 0).withoutLatency(); // the request did not ask for a stream
    }
    try {
      JsonNode root = JSON.readTree(pieces.bytes(), 0, pieces.length());
      if (!root.isObject()) {
        return incomplete(pieces.text());
      }
      echo.heard(heard(root.path("model").asString("")));
      JsonNode choice = root.path("choices").path(0);
      JsonNode error = error(root, choice);
      if (error != null) {
        return failed(error, pieces.text());
      }
      Optional<ReplyContent> content = raw ? ReplyContent.raw(choice) : ReplyContent.of(choice);
      if (content.isEmpty()) {
        return AttemptResult.failed(
            FailureKind.PROTOCOL,
            "%s sent no choices[0].%s: %s"
                .formatted(endpoint, raw ? "text" : "message.content", quoted(pieces.text())),
            true);
      }
      String reason = string(choice.path("finish_reason"));
      if (!raw
          && content.get().isNothing(choice.path("message"))
          && ReplyEnd.of(reason) == ReplyEnd.COMPLETE) {
        return AttemptResult.failed(
            FailureKind.PROTOCOL,
            endpoint + " sent a message without content: " + quoted(pieces.text()),
            true);
      }
      return ended(content.get(), reason, Usage.of(root.path("usage")), null);
    } catch (JacksonException _) {
      return incomplete(pieces.text());
    }
  }

  /// The error that a reply of status 200 contains, or null: beside the choices, in the first of
  /// them, or where LiteLLM puts that of the server behind it, although it reports the reply as
  /// complete.
  static @Nullable JsonNode error(JsonNode root, JsonNode choice) {
    for (JsonNode error :
        List.of(
            root.path("error"),
            choice.path("error"),
            choice.path("provider_specific_fields").path("error"))) {
      if (!error.isMissingNode() && !error.isNull()) {
        return error;
      }
    }
    return null;
  }

  /// A reply, or the failure that its finish reason reports.
  private AttemptResult ended(
      ReplyContent content, @Nullable String reason, Usage usage, @Nullable Latency latency) {
    if (ReplyEnd.of(reason) == ReplyEnd.FAILED) {
      return AttemptResult.failed(
          FailureKind.SERVER,
          "%s ended the reply with finish_reason '%s'".formatted(endpoint, quoted("" + reason)),
          true);
    }
    ReplyContent marked = content.withUsualMarks(endpoint.form().thoughtMarks());
    return AttemptResult.succeeded(
        new ChatReply(
            heard(marked.text()),
            new Ending(
                marked.refused() ? ReplyEnd.REFUSAL : reason == null ? null : heard(reason),
                marked.thoughts().isEmpty() ? null : heard(marked.thoughts())),
            usage,
            null,
            latency,
            List.of()));
  }

  /// Text of a model as it is kept.
  private String heard(String text) {
    return endpoint.access().withoutSecrets(WellFormed.of(text));
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
    Duration asked = RetryHint.of(_ -> null, body, Instant.now()).orElse(null);
    return refused(status, body, status == 429 ? asked : null);
  }

  /// Parses server-sent events, each with a piece of the text.
  ///
  /// @param sent when the request was sent
  AttemptResult streamed(TimedChunks pieces, boolean raw, long sent) {
    StreamedReply stream = new StreamedReply(raw);
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
      return AttemptResult.failed(
          FailureKind.CONNECTION, endpoint + " cut its stream off in the middle of an event", true);
    }
    JsonNode error = stream.error();
    if (error != null) {
      return failed(error, JSON.createObjectNode().set("error", error).toString());
    } else if (!stream.isComplete()) {
      return AttemptResult.failed(
          FailureKind.CONNECTION, endpoint + " ended its stream too early", true);
    }
    echo.heard(WellFormed.of(stream.model()));
    return ended(stream.content(), stream.finishReason(), stream.usage(), stream.latency(sent));
  }

  /// @param retryAfter how long the server asks to wait, or null
  AttemptResult refused(int status, String text, @Nullable Duration retryAfter) {
    String said = said(text);
    // llama.cpp reports with 500 that a model takes no images.
    boolean spent = status == 429 && isQuota(text);
    boolean again =
        RetryPolicy.retryable(status) && !spent && !said.contains("image input is not supported");
    return new AttemptResult(
        null,
        again
            ? FailureKind.SERVER
            : spent || denied(status, said) ? FailureKind.DENIED : FailureKind.REFUSED,
        "%s answered %d: %s%s".formatted(endpoint, status, quoted(said), cause(status, said)),
        status,
        again,
        again ? retryAfter : null,
        true,
        false);
  }

  /// Whether the account has no credit left, which no wait changes.
  private static boolean isQuota(String text) {
    String words = text.toLowerCase(Locale.ROOT);
    return words.contains("insufficient_quota")
        || words.contains("exceeded your current quota") && words.contains("billing");
  }

  /// Whether a status holds for all requests. Gateways also refuse single inputs with 403.
  private static boolean denied(int status, String said) {
    return DENIALS.contains(status) && !moderated(said.toLowerCase(Locale.ROOT));
  }

  private static boolean moderated(String words) {
    return words.contains("moderation") || words.contains("flagged");
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
    String advice = Advice.of(endpoint, status, said.toLowerCase(Locale.ROOT));
    return advice.isEmpty() ? "" : "; " + advice;
  }

  private static @Nullable String string(JsonNode node) {
    return node.isString() ? node.asString() : null;
  }

  /// The server's text on one line, without secrets and markup.
  private String quoted(String text) {
    // Secrets are removed before anything is cut: no part of one may stay.
    String safe = endpoint.secrets().redacted(withoutMarkup(text));
    String start = safe.substring(0, Math.min(safe.length(), 4 * MAX_QUOTED_CHARS));
    String plain = start.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return plain.length() > MAX_QUOTED_CHARS ? plain.substring(0, MAX_QUOTED_CHARS) + "..." : plain;
  }

  /// The words of a gateway's error page.
  private static String withoutMarkup(String text) {
    return text.stripLeading().regionMatches(true, 0, "<", 0, 1)
            && text.toLowerCase(Locale.ROOT).contains("<html")
        ? MARKUP.matcher(text.substring(0, Math.min(text.length(), MAX_PAGE_CHARS))).replaceAll(" ")
        : text;
  }
}
