package dev.refract.harness.image;

import java.util.Optional;

/// A raster format, detected from the first bytes and never from the file name.
public enum ImageFormat {
  PNG("image/png", "png"),
  JPEG("image/jpeg", "jpg"),
  GIF("image/gif", "gif"),
  WEBP("image/webp", "webp"),
  BMP("image/bmp", "bmp"),
  TIFF("image/tiff", "tif");

  private final String mime;
  private final String extension;

  ImageFormat(String mime, String extension) {
    this.mime = mime;
    this.extension = extension;
  }

  public String mime() {
    return mime;
  }

  public String extension() {
    return extension;
  }

  public static Optional<ImageFormat> of(byte[] bytes) {
    if (starts(bytes, 0, 0x89, 'P', 'N', 'G')) {
      return Optional.of(PNG);
    } else if (starts(bytes, 0, 0xff, 0xd8, 0xff)) {
      return Optional.of(JPEG);
    } else if (starts(bytes, 0, 'G', 'I', 'F', '8')) {
      return Optional.of(GIF);
    } else if (starts(bytes, 0, 'R', 'I', 'F', 'F') && starts(bytes, 8, 'W', 'E', 'B', 'P')) {
      return Optional.of(WEBP);
    } else if (starts(bytes, 0, 'B', 'M')) {
      return Optional.of(BMP);
    } else if (starts(bytes, 0, 'I', 'I', 42, 0)
        || starts(bytes, 0, 'M', 'M', 0, 42)
        || starts(bytes, 0, 'I', 'I', 43, 0)
        || starts(bytes, 0, 'M', 'M', 0, 43)) {
      return Optional.of(TIFF);
    }
    return Optional.empty();
  }

  private static boolean starts(byte[] bytes, int offset, int... magic) {
    if (bytes.length < offset + magic.length) {
      return false;
    }
    for (int i = 0; i < magic.length; i++) {
      if ((bytes[offset + i] & 0xff) != magic[i]) {
        return false;
      }
    }
    return true;
  }
}
