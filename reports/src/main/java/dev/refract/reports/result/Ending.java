package dev.refract.reports.result;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.jspecify.annotations.Nullable;

/// How a reply ended, and what the model thought before it.
///
/// @param finishReason as reported by the server, such as `stop` or `length`; or null
/// @param thoughts that are no part of the reply's text, or null for none
public record Ending(@Nullable String finishReason, @Nullable String thoughts) {

  public static final Ending UNKNOWN = new Ending(null, null);

  /// A reply of which only the finish reason is known.
  public static Ending of(@Nullable String finishReason) {
    return new Ending(finishReason, null);
  }

  @JsonIgnore
  public ReplyEnd end() {
    return ReplyEnd.of(finishReason);
  }
}
