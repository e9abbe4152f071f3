package dev.refract.harness.caption;

import dev.refract.harness.llm.ChatRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// LRU cache of images in the encoding that is sent to servers, so that an image is encoded once
/// for several captions or questions.
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
        encoder.get(); // outside the lock: several threads may encode at once
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
