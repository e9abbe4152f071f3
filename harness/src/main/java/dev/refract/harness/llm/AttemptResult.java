package dev.refract.harness.llm;

import dev.refract.reports.result.Failure;
import dev.refract.reports.result.FailureKind;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The result of one attempt.
///
/// @param kind of failure, or null when there is a reply
/// @param status HTTP status, or 0 when unknown
/// @param again whether the same request may succeed later
/// @param retryAfter how long the server asks to wait, or null
/// @param connected whether the request could be sent
/// @param elsewhere whether another server can be tried at once
record AttemptResult(
    @Nullable ChatReply reply,
    @Nullable FailureKind kind,
    String message,
    int status,
    boolean again,
    @Nullable Duration retryAfter,
    boolean connected,
    boolean elsewhere) {

  /// Statuses of a gateway without a server behind it, or of a server that is not ready.
  private static final Set<Integer> AWAY = Set.of(502, 503, 504, 521, 522, 523, 524, 529);

  /// What an attempt says about the server.
  enum Health {
    /// It replied, or refused this request.
    WORKING,
    /// It limits the rate of requests.
    LIMITED,
    /// It cannot be reached, or is not ready.
    AWAY,
    /// It failed, which may be due to this request.
    FAILING
  }

  static AttemptResult succeeded(ChatReply reply) {
    return new AttemptResult(reply, null, "", 200, false, null, true, false);
  }

  static AttemptResult failed(FailureKind kind, String message, boolean again) {
    return new AttemptResult(null, kind, message, 0, again, null, true, false);
  }

  /// No connection.
  static AttemptResult unreachable(String message) {
    return new AttemptResult(null, FailureKind.CONNECTION, message, 0, true, null, false, false);
  }

  /// The failure of this attempt.
  ///
  /// @param tried text on earlier attempts, appended to the message; may be empty
  Failure failure(String tried) {
    return new Failure(Objects.requireNonNullElse(kind, FailureKind.UNKNOWN), message + tried);
  }

  Health health() {
    if (!again) {
      return Health.WORKING;
    } else if (status == 429 || retryAfter != null) {
      return Health.LIMITED;
    } else if (!connected || AWAY.contains(status)) {
      return Health.AWAY;
    }
    return Health.FAILING;
  }

  /// Whether the server replied with status 200 and the reply is of no use. It may have been paid
  /// for.
  boolean isLostReply() {
    return reply == null && status == 0;
  }

  /// Whether there was no connection, or it broke.
  boolean isGone() {
    return kind == FailureKind.CONNECTION;
  }

  /// Whether the server is overloaded.
  boolean isOverload() {
    return status == 429 || status == 503 || status == 529 || kind == FailureKind.TIMEOUT;
  }

  /// The same without the latency of a stream, which means nothing where none was asked for.
  AttemptResult withoutLatency() {
    return reply == null ? this : with(reply.withoutLatency());
  }

  AttemptResult with(ChatReply timed) {
    return new AttemptResult(timed, kind, message, status, again, retryAfter, connected, elsewhere);
  }

  AttemptResult elsewhere(boolean possible) {
    return new AttemptResult(reply, kind, message, status, again, retryAfter, connected, possible);
  }
}
