package dev.refract.harness.llm;

import dev.refract.reports.result.Failure;
import dev.refract.reports.result.FailureKind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The result of one attempt.
///
/// @param kind of failure, or null when there is a reply
/// @param status HTTP status, or 0 when unknown
/// @param again whether the same request may succeed later
/// @param retryAfter value of the Retry-After header, or null
/// @param elsewhere whether another server can be tried at once
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

  /// The failure of this attempt.
  ///
  /// @param tried text on earlier attempts, appended to the message; may be empty
  Failure failure(String tried) {
    return new Failure(Objects.requireNonNullElse(kind, FailureKind.UNKNOWN), message + tried);
  }

  /// Whether the server is overloaded.
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
