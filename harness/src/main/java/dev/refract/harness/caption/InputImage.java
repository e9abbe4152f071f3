package dev.refract.harness.caption;

import dev.refract.harness.image.ImageFormat;
import dev.refract.harness.image.ImagePreparation;
import dev.refract.harness.image.UnreadableImageException;
import dev.refract.harness.llm.ChatRequest;
import dev.refract.harness.llm.RequestException;
import dev.refract.reports.result.FailureKind;
import org.jspecify.annotations.Nullable;

/// An image to describe.
///
/// @param name name for messages
/// @param identity SHA-256 of its bytes
/// @param bytes content of its file
/// @param description the ground truth, which only the control `reference` uses; or null
/// @param prompt prompt for captioners that take one
public record InputImage(
    String name, String identity, byte[] bytes, @Nullable String description, String prompt) {

  private static final EncodedImageCache ENCODED = new EncodedImageCache();

  /// The image in the encoding that is sent to a server; cached for repeated requests.
  ///
  /// @throws RequestException when the bytes are not an image, or cannot be prepared
  public ChatRequest.EncodedImage encoded(ImagePreparation preparation) throws RequestException {
    byte[] prepared;
    try {
      prepared = preparation.of(bytes);
    } catch (UnreadableImageException e) {
      throw new RequestException(FailureKind.IMAGE, name + ": " + e.getMessage());
    }
    ImageFormat format = format(prepared);
    return prepared == bytes
        ? ENCODED.get(identity, () -> ChatRequest.EncodedImage.of(bytes, format))
        : ChatRequest.EncodedImage.of(prepared, format);
  }

  private ImageFormat format(byte[] content) throws RequestException {
    return ImageFormat.of(content)
        .orElseThrow(() -> new RequestException(FailureKind.IMAGE, name + ": not an image"));
  }
}
