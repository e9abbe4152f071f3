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
    } else if (starts(bytes, 0, 'I', 'I', 42, 0) || starts(bytes, 0, 'M', 'M', 0, 42)) {
      return Optional.of(TIFF);
    }
    return Optional.empty();
  }

  /// Whether the file contains the end required by its format; checked without decoding. Bytes
  /// after the end are ignored.
  boolean isWhole(byte[] bytes) {
    return switch (this) {
      case PNG -> isWholePng(bytes);
      case JPEG -> lastIndexOf(bytes, 0xff, 0xd9) > 2;
      case GIF -> lastIndexOf(bytes, 0x3b) > 6;
      case WEBP -> bytes.length >= 12 && bytes.length >= 8 + littleEndian(bytes, 4);
      case BMP -> bytes.length >= 6 && bytes.length >= littleEndian(bytes, 2);
      case TIFF -> true; // its parts may be anywhere; the decoder detects truncation
    };
  }

  private static boolean isWholePng(byte[] bytes) {
    long at = 8;
    while (at + 12 <= bytes.length) {
      int i = (int) at;
      if (starts(bytes, i + 4, 'I', 'E', 'N', 'D')) {
        return true;
      }
      long length = 0;
      for (int k = 0; k < 4; k++) {
        length = length << 8 | (bytes[i + k] & 0xff);
      }
      at += 12 + length;
    }
    return false;
  }

  private static long littleEndian(byte[] bytes, int offset) {
    long value = 0;
    for (int k = 3; k >= 0; k--) {
      value = value << 8 | (bytes[offset + k] & 0xff);
    }
    return value;
  }

  private static int lastIndexOf(byte[] bytes, int... mark) {
    for (int i = bytes.length - mark.length; i >= 0; i--) {
      if (starts(bytes, i, mark)) {
        return i;
      }
    }
    return -1;
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
