package dev.refract.harness.llm;

import dev.refract.reports.result.Failure;
import dev.refract.reports.result.FailureKind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What became of one attempt.
///
/// @param kind null where there is a reply
/// @param status of HTTP, or 0 when there was no reply
/// @param again whether the same request may succeed later
/// @param retryAfter what the server asks for, or null
/// @param elsewhere whether another server can be asked at once
record AttemptResult(
    @Nullable ChatReply reply,
    @Nullable FailureKind kind,
    String message,
    int status,
    boolean again,
    @Nullable String retryAfter,
    boolean elsewhere) {

  static AttemptResult failed(FailureKind kind, String message, boolean again) {
    return new AttemptResult(null, kind, message, 0, again, null, false);
  }

  /// Why there is no reply.
  ///
  /// @param tried words about earlier attempts, or nothing
  Failure failure(String tried) {
    return new Failure(Objects.requireNonNullElse(kind, FailureKind.UNKNOWN), message + tried);
  }

  /// Whether the server is asked for more than it can do.
  boolean isOverload() {
    return status == 429 || status == 503 || kind == FailureKind.TIMEOUT;
  }

  AttemptResult with(ChatReply timed) {
    return new AttemptResult(timed, kind, message, status, again, retryAfter, elsewhere);
  }

  AttemptResult elsewhere(boolean possible) {
    return new AttemptResult(reply, kind, message, status, again, retryAfter, possible);
  }
}
