package dev.refract.harness.dataset.read;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// Images as datasets write them: a path, a data URL, base64, an object of the hub with `bytes` and
/// `path`, a part of a chat message, or a list of these. Every reader accepts them all.
final class ImageText {

  private static final List<String> KEYS =
      List.of("image", "image_url", "source", "url", "path", "file", "filename");

  /// The first characters of PNG, JPEG, GIF, WebP, BMP and TIFF in base64.
  private static final Pattern ENCODED_START =
      Pattern.compile("^(?:iVBORw0KGgo|/9j/|R0lGOD|UklGR|Qk[0-9A-Za-z+/]|SUkqA|TU0AK)");

  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/\\s_-]+={0,2}\\s*");

  /// A shorter text is a path or an id.
  private static final int MIN_ENCODED_CHARS = 64;

  private ImageText() {}

  /// The images of a value, in order; nulls and empty texts are skipped.
  ///
  /// @param prefix prefix of paths, or null
  static List<Row.Cell> cells(JsonNode value, @Nullable String prefix) throws BadRowException {
    List<Row.Cell> cells = new ArrayList<>();
    collect(value, prefix, cells);
    return cells;
  }

  private static void collect(JsonNode value, @Nullable String prefix, List<Row.Cell> cells)
      throws BadRowException {
    if (value.isString()) {
      if (!value.asString().isBlank()) {
        cells.add(cell(value.asString(), prefix));
      }
    } else if (value.isArray()) {
      for (JsonNode element : value) {
        collect(element, prefix, cells);
      }
    } else if (value.isObject()) {
      ofObject(value, prefix, cells);
    } else if (!value.isNull() && !value.isMissingNode()) {
      throw new BadRowException(
          "image: expected a path, base64 or an object with one, found "
              + Fields.shortened(value.toString()));
    }
  }

  private static void ofObject(JsonNode value, @Nullable String prefix, List<Row.Cell> cells)
      throws BadRowException {
    JsonNode bytes = value.has("bytes") ? value.path("bytes") : value.path("data");
    if (bytes.isString() && !bytes.asString().isBlank()) {
      String path = value.path("path").asString("");
      cells.add(new Row.Cell.Bytes(path.isBlank() ? null : path, bytes(bytes.asString())));
      return;
    }
    for (String key : KEYS) {
      if (value.hasNonNull(key)) {
        collect(value.get(key), prefix, cells);
        return;
      }
    }
    if (value.path("content").isArray()) {
      for (JsonNode part : value.get("content")) {
        if (part.isObject() && !part.path("type").asString("").equals("text")) {
          collect(part, prefix, cells);
        }
      }
    }
  }

  /// A path, a data URL or base64.
  static Row.Cell cell(String text, @Nullable String prefix) throws BadRowException {
    String stripped = text.strip();
    if (stripped.regionMatches(true, 0, "data:", 0, "data:".length())) {
      int comma = stripped.indexOf(',');
      if (comma < 0 || !stripped.substring(0, comma).toLowerCase(Locale.ROOT).endsWith(";base64")) {
        throw new BadRowException("image: expected a data URL in base64");
      }
      return new Row.Cell.Bytes(null, bytes(stripped.substring(comma + 1)));
    } else if (isEncoded(stripped)) {
      return new Row.Cell.Bytes(null, bytes(stripped));
    }
    String path = text.startsWith("file://") ? text.substring("file://".length()) : text;
    return new Row.Cell.Named(prefix == null ? path : prefix + path);
  }

  /// Whether the text is an image in base64 and not a path.
  static boolean isEncoded(String text) {
    return text.length() >= MIN_ENCODED_CHARS
        && ENCODED_START.matcher(text).find()
        && BASE64.matcher(text).matches();
  }

  /// The image in a binary value: the bytes themselves, or the base64 or data URL that they spell.
  static byte[] unwrapped(byte[] value) throws BadRowException {
    boolean text = value.length >= MIN_ENCODED_CHARS;
    for (int i = 0; text && i < MIN_ENCODED_CHARS; i++) {
      text = value[i] >= '+' && value[i] <= 'z';
    }
    if (!text) {
      return value;
    }
    Row.Cell cell = cell(new String(value, StandardCharsets.ISO_8859_1), null);
    return cell instanceof Row.Cell.Bytes decoded ? decoded.bytes() : value;
  }

  static byte[] bytes(String base64) throws BadRowException {
    boolean broken = base64.indexOf('\n') >= 0 || base64.indexOf(' ') >= 0;
    String joined = broken ? base64.replaceAll("\\s", "") : base64;
    try {
      return joined.indexOf('-') >= 0 || joined.indexOf('_') >= 0
          ? Base64.getUrlDecoder().decode(joined)
          : Base64.getDecoder().decode(joined);
    } catch (IllegalArgumentException e) {
      throw new BadRowException("image: not base64: " + e.getMessage());
    }
  }
}
