package dev.refract.harness.dataset.read;

import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Parses images given as text: base64, a data URL or a path.
final class ImageText {

  private ImageText() {}

  /// A path or a data URL.
  static Row.Cell cell(String text, @Nullable String prefix) throws BadRowException {
    if (text.startsWith("data:")) {
      int comma = text.indexOf(',');
      if (comma < 0 || !text.substring(0, comma).endsWith(";base64")) {
        throw new BadRowException("image: expected a data URL in base64");
      }
      return new Row.Cell.Bytes(null, bytes(text.substring(comma + 1)));
    }
    String path = text.startsWith("file://") ? text.substring("file://".length()) : text;
    return new Row.Cell.Named(prefix == null ? path : prefix + path);
  }

  static byte[] bytes(String base64) throws BadRowException {
    boolean broken = base64.indexOf('\n') >= 0 || base64.indexOf(' ') >= 0;
    try {
      return Base64.getDecoder().decode(broken ? base64.replaceAll("\\s", "") : base64);
    } catch (IllegalArgumentException e) {
      throw new BadRowException("image: not base64: " + e.getMessage());
    }
  }
}
