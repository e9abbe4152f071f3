package dev.refract.harness.caption;

import dev.refract.harness.llm.ChatRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/// The pictures that were asked about last, as they are sent: several captions of one image, or
/// several questions on it, encode it once. What does not fit any more goes, the oldest first.
final class EncodedPictures {

  private static final long BYTES = 64L * 1024 * 1024;

  private final LinkedHashMap<String, ChatRequest.Picture> pictures =
      new LinkedHashMap<>(16, 0.75f, true);
  private long size;

  ChatRequest.Picture get(String identity, Supplier<ChatRequest.Picture> encoder) {
    synchronized (this) {
      ChatRequest.Picture known = pictures.get(identity);
      if (known != null) {
        return known;
      }
    }
    ChatRequest.Picture picture = encoder.get(); // several may encode at once, outside of the lock
    synchronized (this) {
      if (pictures.put(identity, picture) == null) {
        size += picture.encoded().length;
      }
      var oldest = pictures.entrySet().iterator();
      while (size > BYTES && oldest.hasNext()) {
        Map.Entry<String, ChatRequest.Picture> gone = oldest.next();
        size -= gone.getValue().encoded().length;
        oldest.remove();
      }
    }
    return picture;
  }
}
