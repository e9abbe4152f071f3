package dev.refract.reports.result;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a server's `finish_reason` means. Servers and gateways use many words for few cases.
public enum ReplyEnd {
  /// The model ended its reply, or the server does not say.
  COMPLETE,
  /// The reply reached the limit of tokens.
  TRUNCATED,
  /// The provider or the model held the reply back.
  FILTERED,
  /// The server gave up: there is no reply.
  FAILED;

  /// The finish reason of a reply that the model refused.
  public static final String REFUSAL = "refusal";

  private static final Set<String> LIMITS =
      Set.of(
          "length",
          "max_tokens",
          "max_output_tokens",
          "max_completion_tokens",
          "max_length",
          "model_length",
          "model_context_window_exceeded",
          "token_limit");

  private static final Set<String> FILTERS =
      Set.of(
          REFUSAL,
          "content_filter",
          "content_filtered",
          "safety",
          "image_safety",
          "recitation",
          "blocklist",
          "prohibited_content",
          "spii",
          "sensitive",
          "guardrail_intervened");

  private static final Set<String> FAILURES =
      Set.of(
          "error",
          "abort",
          "aborted",
          "cancelled",
          "timeout",
          "network_error",
          "server_error",
          "engine_error",
          "insufficient_system_resource");

  /// @param reason as the server reports it, or null
  public static ReplyEnd of(@Nullable String reason) {
    if (reason == null) {
      return COMPLETE;
    }
    String word = reason.toLowerCase(Locale.ROOT);
    if (LIMITS.contains(word)) {
      return TRUNCATED;
    } else if (FILTERS.contains(word)) {
      return FILTERED;
    }
    return FAILURES.contains(word) ? FAILED : COMPLETE;
  }
}
