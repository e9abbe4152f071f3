package dev.refract.harness.caption;

import org.jspecify.annotations.Nullable;

/// What a captioner says of an image; empty when it says nothing.
///
/// @param finishReason as the server said, or null
/// @param outputTokens as the server counted them, or null
public record Caption(String text, @Nullable String finishReason, @Nullable Integer outputTokens) {

  static Caption of(String text) {
    return new Caption(text, null, null);
  }
}
