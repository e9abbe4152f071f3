package dev.refract.harness.caption;

import dev.refract.harness.image.ImageFormat;
import dev.refract.harness.llm.ChatRequest;
import dev.refract.harness.llm.RequestException;
import dev.refract.reports.result.FailureKind;
import org.jspecify.annotations.Nullable;

/// An image that is to be described.
///
/// @param name for messages
/// @param identity SHA-256 of its bytes
/// @param bytes its file
/// @param description the ground truth, which only the control `reference` looks at; or null
/// @param prompt what a captioner that takes one is asked
public record InputImage(
    String name, String identity, byte[] bytes, @Nullable String description, String prompt) {

  private static final EncodedImageCache ENCODED = new EncodedImageCache();

  /// As it is sent to a server; encoded once while it is asked about again and again.
  ///
  /// @throws RequestException when the bytes are no image
  public ChatRequest.EncodedImage encoded() throws RequestException {
    ImageFormat format =
        ImageFormat.of(bytes)
            .orElseThrow(() -> new RequestException(FailureKind.IMAGE, name + ": not an image"));
    return ENCODED.get(identity, () -> ChatRequest.EncodedImage.of(bytes, format));
  }
}
