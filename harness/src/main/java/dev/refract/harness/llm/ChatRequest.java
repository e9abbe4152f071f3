package dev.refract.harness.llm;

import dev.refract.harness.image.ImageFormat;
import org.jspecify.annotations.Nullable;

/// One turn to a chat model.
///
/// @param system the system message, or null for none
/// @param picture shown before the text, or null
public record ChatRequest(
    @Nullable String system, String text, @Nullable Picture picture, Sampling sampling) {

  /// @param bytes the file as it is; never decoded or encoded again
  public record Picture(byte[] bytes, ImageFormat format) {}
}
