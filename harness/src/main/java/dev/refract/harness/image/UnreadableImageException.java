package dev.refract.harness.image;

/// Bytes that are no image, a damaged one, or one too large to decode.
public final class UnreadableImageException extends Exception {

  private static final long serialVersionUID = 1L;

  public UnreadableImageException(String problem) {
    super(problem);
  }
}
