package dev.refract.harness.llm;

import dev.refract.harness.image.ImageFormat;
import dev.refract.manifest.Sampling;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One turn to a model.
///
/// @param system the system message, or null for none
/// @param images shown before the text, in this order
/// @param raw whether the text already includes the chat template, for `/completions`; such a
///   request has no system message and no images
/// @param extra parameters of this request alone, sent as they are
public record ChatRequest(
    @Nullable String system,
    String text,
    List<EncodedImage> images,
    Sampling sampling,
    boolean raw,
    Map<String, Object> extra) {

  /// @param encoded the unchanged bytes of the file, in base64
  public record EncodedImage(byte[] encoded, ImageFormat format) {

    /// @param bytes of the file; never decoded
    public static EncodedImage of(byte[] bytes, ImageFormat format) {
      return new EncodedImage(Base64.getEncoder().encode(bytes), format);
    }
  }

  public static ChatRequest of(@Nullable String system, String text, Sampling sampling) {
    return new ChatRequest(system, text, List.of(), sampling, false, Map.of());
  }

  public static ChatRequest seeing(List<EncodedImage> images, String text, Sampling sampling) {
    return new ChatRequest(null, text, images, sampling, false, Map.of());
  }

  /// The same with further parameters.
  public ChatRequest with(Map<String, Object> parameters) {
    return new ChatRequest(system, text, images, sampling, raw, parameters);
  }

  public static ChatRequest raw(String text, Sampling sampling) {
    return new ChatRequest(null, text, List.of(), sampling, true, Map.of());
  }
}
