package dev.refract.harness.image;

/// The bytes are not an image, or the image is damaged or too large to decode.
public final class UnreadableImageException extends Exception {

  private static final long serialVersionUID = 1L;

  public UnreadableImageException(String problem) {
    super(problem);
  }
}
