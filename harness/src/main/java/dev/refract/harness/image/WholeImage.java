package dev.refract.harness.image;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Whether a file holds all of its image. An end mark alone proves nothing, since a thumbnail
/// inside has one too; so the file is walked through part by part, and compressed data is followed
/// to its end. Bytes after the end are ignored.
final class WholeImage {

  private static final int JPEG_END = 0xd9;
  private static final int JPEG_SCAN = 0xda;
  private static final int OS2_HEADER = 12;
  private static final int BIG_TIFF = 43;

  private WholeImage() {}

  /// What is missing, in words; empty when the image is whole.
  static Optional<String> missing(ImageFormat format, byte[] bytes) {
    try {
      return switch (format) {
        case PNG -> png(bytes);
        case JPEG -> jpeg(bytes);
        case GIF -> gif(bytes);
        case WEBP -> webp(bytes);
        case BMP -> bmp(bytes);
        case TIFF -> tiff(bytes);
      };
    } catch (IndexOutOfBoundsException _) {
      return Optional.of("it ends in the middle of its header");
    }
  }

  /// Each chunk with its checksum, and pixels for every row.
  private static Optional<String> png(byte[] bytes) {
    long at = 8;
    Inflater inflater = new Inflater();
    byte[] pixels = new byte[1 << 16];
    long inflated = 0;
    boolean data = false;
    try {
      while (at + 12 <= bytes.length) {
        int start = (int) at;
        long length = bigEndian(bytes, start);
        if (at + 12 + length > bytes.length) {
          return Optional.of("a chunk is cut");
        }
        CRC32 checksum = new CRC32();
        checksum.update(bytes, start + 4, (int) length + 4);
        boolean critical = (bytes[start + 4] & 0x20) == 0;
        if (critical && checksum.getValue() != bigEndian(bytes, (int) (at + 8 + length))) {
          return Optional.of("a chunk has a wrong checksum");
        } else if (isTag(bytes, start + 4, "IDAT")) {
          data = true;
          inflater.setInput(bytes, start + 8, (int) length);
          for (int n = inflater.inflate(pixels); n > 0; n = inflater.inflate(pixels)) {
            inflated += n;
          }
        } else if (isTag(bytes, start + 4, "IEND")) {
          return data && inflated >= pngBytes(bytes)
              ? Optional.empty()
              : Optional.of("its pixels end early");
        }
        at += 12 + length;
      }
      return Optional.of("no end mark");
    } catch (DataFormatException _) {
      return Optional.of("its pixels are damaged");
    } finally {
      inflater.end();
    }
  }

  /// The size of the pixels before compression; of an interlaced image at least that of its rows.
  private static long pngBytes(byte[] bytes) {
    long width = bigEndian(bytes, 16);
    long height = bigEndian(bytes, 20);
    int channels =
        switch (bytes[25]) {
          case 2 -> 3;
          case 4 -> 2;
          case 6 -> 4;
          default -> 1;
        };
    return height * (1 + (width * channels * bytes[24] + 7) / 8);
  }

  /// Segment by segment; then the compressed data of each scan, to the end mark.
  private static Optional<String> jpeg(byte[] bytes) {
    int at = 2;
    boolean scanned = false;
    while (at + 1 < bytes.length) {
      if ((bytes[at] & 0xff) != 0xff) {
        at++; // bytes between segments are ignored, as decoders do
        continue;
      }
      int marker = bytes[at + 1] & 0xff;
      if (marker == 0xff) {
        at++; // a fill byte
      } else if (marker == JPEG_END) {
        return scanned ? Optional.empty() : Optional.of("no pixels");
      } else if (marker == 0x01 || marker >= 0xd0 && marker <= 0xd8) {
        at += 2;
      } else {
        int next = at + 2 + ((bytes[at + 2] & 0xff) << 8 | bytes[at + 3] & 0xff);
        scanned |= marker == JPEG_SCAN;
        at = marker == JPEG_SCAN ? scanEnd(bytes, next) : next;
      }
    }
    return Optional.of("no end mark after its pixels");
  }

  /// Index of the marker that ends the compressed data.
  private static int scanEnd(byte[] bytes, int from) {
    int at = from;
    while (at + 1 < bytes.length) {
      int next = bytes[at + 1] & 0xff;
      if ((bytes[at] & 0xff) == 0xff && next != 0 && !(next >= 0xd0 && next <= 0xd7)) {
        return at;
      }
      at++;
    }
    return bytes.length;
  }

  /// Block by block; an image must have its data.
  private static Optional<String> gif(byte[] bytes) {
    int at = 13 + colours(bytes[10]);
    boolean image = false;
    while (at < bytes.length) {
      switch (bytes[at] & 0xff) {
        case 0x3b -> {
          return image ? Optional.empty() : Optional.of("no pixels");
        }
        case 0x21 -> at = subBlocks(bytes, at + 2);
        case 0x2c -> {
          at = subBlocks(bytes, at + 10 + colours(bytes[at + 9]) + 1);
          image = at <= bytes.length;
        }
        default -> {
          // Some writers leave out the trailer or append bytes; the first image is what counts.
          return image ? Optional.empty() : Optional.of("an unknown block");
        }
      }
    }
    return image && at == bytes.length ? Optional.empty() : Optional.of("no end mark");
  }

  private static int colours(byte packed) {
    return (packed & 0x80) == 0 ? 0 : 3 << (packed & 7) + 1;
  }

  private static int subBlocks(byte[] bytes, int from) {
    int at = from;
    while (at < bytes.length && bytes[at] != 0) {
      at += 1 + (bytes[at] & 0xff);
    }
    return at + 1;
  }

  /// The container's size, and that of each of its chunks.
  private static Optional<String> webp(byte[] bytes) {
    long size = 8 + littleEndian(bytes, 4);
    if (bytes.length < size) {
      return Optional.of("its size is given as " + size);
    }
    long at = 12;
    boolean pixels = false;
    while (at + 8 <= size) {
      long length = littleEndian(bytes, (int) at + 4);
      if (at + 8 + length > size) {
        return Optional.of("a chunk is cut");
      }
      pixels |=
          isTag(bytes, (int) at, "VP8 ")
              || isTag(bytes, (int) at, "VP8L")
              || isTag(bytes, (int) at, "ANMF");
      at += 8 + length + length % 2;
    }
    return pixels ? Optional.empty() : Optional.of("no pixels");
  }

  /// Uncompressed rows have a known size; else the size of the file counts.
  private static Optional<String> bmp(byte[] bytes) {
    long start = littleEndian(bytes, 10);
    if (littleEndian(bytes, 14) == OS2_HEADER) {
      long rowBits = (littleEndian(bytes, 18) & 0xffff) * (littleEndian(bytes, 24) & 0xffff);
      long os2End = start + (rowBits + 31) / 32 * 4 * (littleEndian(bytes, 18) >>> 16);
      return bytes.length >= os2End ? Optional.empty() : Optional.of("its pixels end early");
    }
    long width = Math.abs((long) (int) littleEndian(bytes, 18));
    long height = Math.abs((long) (int) littleEndian(bytes, 22));
    long bits = littleEndian(bytes, 28) & 0xffff;
    boolean compressed = littleEndian(bytes, 14) >= 40 && (littleEndian(bytes, 30) & 3) % 3 != 0;
    long end = compressed ? littleEndian(bytes, 2) : start + (width * bits + 31) / 32 * 4 * height;
    return bytes.length >= end ? Optional.empty() : Optional.of("its pixels end early");
  }

  /// The first directory, and each strip or tile that it names.
  private static Optional<String> tiff(byte[] bytes) {
    boolean little = bytes[0] == 'I';
    if (tiffNumber(bytes, 2, 2, little) == BIG_TIFF) {
      return Optional.empty(); // its offsets have 64 bits; the decoder finds what is missing
    }
    long directory = tiffNumber(bytes, 4, 4, little);
    int entries = (int) tiffNumber(bytes, directory, 2, little);
    long[] offsets = {};
    long[] sizes = {};
    for (int i = 0; i < entries; i++) {
      long entry = directory + 2 + 12L * i;
      switch ((int) tiffNumber(bytes, entry, 2, little)) {
        case 273, 324 -> offsets = tiffNumbers(bytes, entry, little);
        case 279, 325 -> sizes = tiffNumbers(bytes, entry, little);
        default -> {}
      }
    }
    for (int i = 0; i < Math.min(offsets.length, sizes.length); i++) {
      if (offsets[i] + sizes[i] > bytes.length) {
        return Optional.of("its pixels end early");
      }
    }
    return offsets.length > 0 ? Optional.empty() : Optional.of("no pixels");
  }

  private static long[] tiffNumbers(byte[] bytes, long entry, boolean little) {
    int size = tiffNumber(bytes, entry + 2, 2, little) == 3 ? 2 : 4;
    int count = (int) Math.min(bytes.length, tiffNumber(bytes, entry + 4, 4, little));
    long at = (long) size * count <= 4 ? entry + 8 : tiffNumber(bytes, entry + 8, 4, little);
    long[] numbers = new long[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = tiffNumber(bytes, at + (long) size * i, size, little);
    }
    return numbers;
  }

  private static long tiffNumber(byte[] bytes, long at, int size, boolean little) {
    if (at > Integer.MAX_VALUE) {
      throw new IndexOutOfBoundsException(at);
    }
    long number = 0;
    for (int i = 0; i < size; i++) {
      number = number << 8 | bytes[(int) at + (little ? size - 1 - i : i)] & 0xff;
    }
    return number;
  }

  static long bigEndian(byte[] bytes, int at) {
    return tiffNumber(bytes, at, 4, false);
  }

  static long littleEndian(byte[] bytes, int at) {
    return tiffNumber(bytes, at, 4, true);
  }

  static boolean isTag(byte[] bytes, int at, String tag) {
    byte[] wanted = tag.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < wanted.length; i++) {
      if (at + i >= bytes.length || bytes[at + i] != wanted[i]) {
        return false;
      }
    }
    return true;
  }
}
