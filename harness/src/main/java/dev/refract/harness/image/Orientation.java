package dev.refract.harness.image;

import com.twelvemonkeys.imageio.metadata.Directory;
import com.twelvemonkeys.imageio.metadata.Entry;
import com.twelvemonkeys.imageio.metadata.tiff.TIFF;
import com.twelvemonkeys.imageio.metadata.tiff.TIFFReader;
import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.stream.ImageInputStream;

/// The EXIF orientation of an image: in a JPEG's first application segment, a PNG's chunk `eXIf`, a
/// WebP's chunk `EXIF`, or a TIFF's own directory.
final class Orientation {

  private static final byte[] EXIF = {'E', 'x', 'i', 'f', 0, 0};

  private Orientation() {}

  /// 1 to 8; 1, which is upright, when there is none.
  static int of(ImageFormat format, byte[] bytes) {
    Optional<byte[]> exif =
        switch (format) {
          case JPEG -> jpeg(bytes);
          case PNG -> png(bytes);
          case WEBP -> webp(bytes);
          case TIFF -> Optional.of(bytes);
          case GIF, BMP -> Optional.empty();
        };
    return exif.map(Orientation::read).orElse(1);
  }

  private static Optional<byte[]> jpeg(byte[] bytes) {
    int at = 2;
    while (at + 4 < bytes.length && (bytes[at] & 0xff) == 0xff && (bytes[at + 1] & 0xff) != 0xda) {
      int length = ((bytes[at + 2] & 0xff) << 8) | (bytes[at + 3] & 0xff);
      if ((bytes[at + 1] & 0xff) == 0xe1
          && at + 2 + length <= bytes.length
          && isExif(bytes, at + 4)) {
        return Optional.of(Arrays.copyOfRange(bytes, at + 10, at + 2 + length));
      }
      at += 2 + length;
    }
    return Optional.empty();
  }

  private static Optional<byte[]> png(byte[] bytes) {
    long at = 8;
    while (at + 12 <= bytes.length) {
      int start = (int) at;
      long length = WholeImage.bigEndian(bytes, start);
      if (at + 12 + length > bytes.length) {
        return Optional.empty();
      } else if (WholeImage.isTag(bytes, start + 4, "eXIf")) {
        return Optional.of(Arrays.copyOfRange(bytes, start + 8, (int) (at + 8 + length)));
      }
      at += 12 + length;
    }
    return Optional.empty();
  }

  private static Optional<byte[]> webp(byte[] bytes) {
    long at = 12;
    while (at + 8 <= bytes.length) {
      int start = (int) at;
      long length = WholeImage.littleEndian(bytes, start + 4);
      if (at + 8 + length > bytes.length) {
        return Optional.empty();
      } else if (WholeImage.isTag(bytes, start, "EXIF")) {
        int from = isExif(bytes, start + 8) ? start + 8 + EXIF.length : start + 8;
        return Optional.of(Arrays.copyOfRange(bytes, from, (int) (at + 8 + length)));
      }
      at += 8 + length + length % 2;
    }
    return Optional.empty();
  }

  private static boolean isExif(byte[] bytes, int at) {
    return at + EXIF.length <= bytes.length
        && Arrays.equals(bytes, at, at + EXIF.length, EXIF, 0, EXIF.length);
  }

  private static int read(byte[] tiff) {
    try (ImageInputStream input = new ByteArrayImageInputStream(tiff)) {
      Directory directory = new TIFFReader().read(input);
      Entry entry = directory.getEntryById(TIFF.TAG_ORIENTATION);
      int orientation = entry != null && entry.getValue() instanceof Number n ? n.intValue() : 1;
      return orientation >= 1 && orientation <= 8 ? orientation : 1;
    } catch (IOException | RuntimeException _) {
      return 1; // a broken EXIF block does not make the image unusable
    }
  }
}
