package dev.refract.harness.image;

import com.code_intelligence.jazzer.junit.FuzzTest;

/// Whatever bytes claim to be an image, they are decoded or refused with an
/// UnreadableImageException.
class ImagesFuzzTest {

  /// Of a decoded image; a larger one is only checked, to keep many runs a second.
  private static final long MOST_PIXELS = 1 << 20;

  @FuzzTest
  void image(byte[] bytes) {
    try {
      ImageDecoder.check(bytes);
      if (ImageDecoder.pixels(bytes) <= MOST_PIXELS) {
        ImageDecoder.decode(bytes);
      }
    } catch (UnreadableImageException _) {
      // with words of its own
    }
  }
}
