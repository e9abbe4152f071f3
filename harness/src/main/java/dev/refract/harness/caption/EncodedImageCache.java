package dev.refract.harness.caption;

import dev.refract.harness.llm.ChatRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// The images that were asked about last, as they are sent: several captions of one image, or
/// several questions on it, encode it once. What does not fit any more goes, the oldest first.
final class EncodedImageCache {

  private static final long MAX_BYTES = 64L * 1024 * 1024;

  private final LinkedHashMap<String, ChatRequest.EncodedImage> images =
      new LinkedHashMap<>(16, 0.75f, true);
  private long size;

  ChatRequest.EncodedImage get(String identity, Supplier<ChatRequest.EncodedImage> encoder) {
    synchronized (this) {
      ChatRequest.EncodedImage known = images.get(identity);
      if (known != null) {
        return known;
      }
    }
    ChatRequest.EncodedImage image =
        encoder.get(); // several may encode at once, outside of the lock
    synchronized (this) {
      if (images.put(identity, image) == null) {
        size += image.encoded().length;
      }
      var oldest = images.entrySet().iterator();
      while (size > MAX_BYTES && oldest.hasNext()) {
        Map.Entry<String, ChatRequest.EncodedImage> gone = oldest.next();
        size -= gone.getValue().encoded().length;
        oldest.remove();
      }
    }
    return image;
  }
}
