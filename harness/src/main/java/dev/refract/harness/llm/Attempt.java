package dev.refract.harness.llm;

import org.jspecify.annotations.Nullable;

/// What became of one attempt.
///
/// @param status of HTTP, or 0 when there was no reply
/// @param again whether the same request may succeed later
/// @param retryAfter what the server asks for, or null
/// @param elsewhere whether another server can be asked at once
record Attempt(
    @Nullable ChatReply reply,
    String kind,
    String message,
    int status,
    boolean again,
    @Nullable String retryAfter,
    boolean elsewhere) {

  static Attempt failed(String kind, String message, boolean again) {
    return new Attempt(null, kind, message, 0, again, null, false);
  }

  /// Whether the server is asked for more than it can do.
  boolean isOverload() {
    return status == 429 || status == 503 || kind.equals("timeout");
  }

  Attempt with(ChatReply timed) {
    return new Attempt(timed, kind, message, status, again, retryAfter, elsewhere);
  }

  Attempt elsewhere(boolean possible) {
    return new Attempt(reply, kind, message, status, again, retryAfter, possible);
  }
}
