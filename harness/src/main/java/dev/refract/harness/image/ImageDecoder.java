package dev.refract.harness.image;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/// Decodes any supported raster format to upright, opaque RGB pixels.
///
/// Transparent pixels are blended with white; palette, grey and CMYK images become RGB; the EXIF
/// orientation is applied; only the first frame of an animation is used. The size is checked before
/// decoding, so that a small file cannot allocate gigabytes.
public final class ImageDecoder {

  /// Maximum number of pixels of an image: 400 MB as RGB.
  public static final long MAX_PIXELS = 100_000_000;

  private ImageDecoder() {}

  /// Checks without decoding the pixels that the bytes are a complete image that is not too large:
  /// reads the header and walks through all parts of the file to its end, as a decoder does.
  ///
  /// @throws UnreadableImageException when they are not, with the reason
  public static ImageFormat check(byte[] bytes) throws UnreadableImageException {
    ImageFormat format = format(bytes);
    pixels(bytes);
    Optional<String> missing = WholeImage.missing(format, bytes);
    if (missing.isPresent()) {
      throw new UnreadableImageException(
          "truncated %s: %s, in %d bytes".formatted(format, missing.get(), bytes.length));
    }
    if (format == ImageFormat.JPEG || format == ImageFormat.GIF || format == ImageFormat.WEBP) {
      decodeWhole(format, bytes);
    }
    return format;
  }

  /// Has the decoder read compressed pixels to their end, which only it can find.
  private static void decodeWhole(ImageFormat format, byte[] bytes)
      throws UnreadableImageException {
    List<String> warnings = new ArrayList<>();
    try (ImageInputStream input = new ByteArrayImageInputStream(bytes)) {
      ImageReader reader = reader(format);
      try {
        reader.addIIOReadWarningListener((_, warning) -> warnings.add(warning));
        reader.setInput(input, true, true);
        reader.read(0);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      warnings.add(e instanceof EOFException ? "premature end" : String.valueOf(e.getMessage()));
      if (format != ImageFormat.JPEG) {
        throw new UnreadableImageException(
            "damaged %s: %s"
                .formatted(
                    format, e.getMessage() == null ? "its pixels cannot be read" : e.getMessage()));
      }
    }
    if (warnings.stream().anyMatch(w -> w.toLowerCase(Locale.ROOT).contains("premature end"))) {
      throw new UnreadableImageException(
          "truncated %s: its pixels end early, in %d bytes".formatted(format, bytes.length));
    }
  }

  /// Whether a viewer or server that ignores metadata would show the same picture: it is upright,
  /// opaque or not, with 8 bits a channel, in a format that every vision server takes.
  public static boolean isPlain(byte[] bytes) throws UnreadableImageException {
    ImageFormat format = format(bytes);
    return switch (format) {
      case TIFF, BMP -> false;
      case PNG -> bytes.length > 24 && bytes[24] <= 8 && Orientation.of(format, bytes) == 1;
      case JPEG, GIF, WEBP -> Orientation.of(format, bytes) == 1;
    };
  }

  /// Number of pixels according to the image's header.
  ///
  /// @throws UnreadableImageException also when there are more than {@value #MAX_PIXELS}
  public static long pixels(byte[] bytes) throws UnreadableImageException {
    ImageFormat format = format(bytes);
    try (ImageInputStream input = new ByteArrayImageInputStream(bytes)) {
      ImageReader reader = reader(format);
      try {
        reader.setInput(input, true, true);
        return checkedSize(reader);
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      throw new UnreadableImageException("damaged " + format + ": " + e.getMessage());
    }
  }

  private static ImageFormat format(byte[] bytes) throws UnreadableImageException {
    return ImageFormat.of(bytes)
        .orElseThrow(() ->
            new UnreadableImageException(
                "not an image: expected PNG, JPEG, GIF, WebP, BMP or TIFF, found "
                    + describe(bytes)));
  }

  private static ImageReader reader(ImageFormat format) throws UnreadableImageException {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByMIMEType(format.mime());
    if (!readers.hasNext()) {
      throw new UnreadableImageException("no decoder for " + format.mime());
    }
    return readers.next();
  }

  private static long checkedSize(ImageReader reader) throws IOException, UnreadableImageException {
    long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
    if (pixels > MAX_PIXELS) {
      throw new UnreadableImageException(
          "%d x %d pixels are more than the limit of %d"
              .formatted(reader.getWidth(0), reader.getHeight(0), MAX_PIXELS));
    }
    return pixels;
  }

  /// @return an image of type `TYPE_INT_RGB`
  /// @throws UnreadableImageException when the bytes cannot be decoded, with the reason
  public static BufferedImage decode(byte[] bytes) throws UnreadableImageException {
    ImageFormat format = format(bytes);
    try (ImageInputStream input = new ByteArrayImageInputStream(bytes)) {
      ImageReader reader = reader(format);
      try {
        reader.setInput(input, true, true);
        checkedSize(reader);
        return upright(opaque(reader.read(0)), Orientation.of(format, bytes));
      } finally {
        reader.dispose();
      }
    } catch (IOException | RuntimeException e) {
      // Decoders throw all kinds of exceptions on hostile bytes; all of them mean a damaged image.
      throw new UnreadableImageException("damaged " + format + ": " + e.getMessage());
    } catch (OutOfMemoryError _) {
      throw new UnreadableImageException(
          "too large for the Java heap; raise it with JAVA_TOOL_OPTIONS=-Xmx8g");
    }
  }

  private static BufferedImage opaque(BufferedImage image) {
    BufferedImage rgb =
        new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = rgb.createGraphics();
    pen.drawImage(image, 0, 0, Color.WHITE, null);
    pen.dispose();
    return rgb;
  }

  private static BufferedImage upright(BufferedImage image, int orientation) {
    double w = image.getWidth();
    double h = image.getHeight();
    AffineTransform turn =
        switch (orientation) {
          case 2 -> new AffineTransform(-1, 0, 0, 1, w, 0);
          case 3 -> new AffineTransform(-1, 0, 0, -1, w, h);
          case 4 -> new AffineTransform(1, 0, 0, -1, 0, h);
          case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
          case 6 -> new AffineTransform(0, 1, -1, 0, h, 0);
          case 7 -> new AffineTransform(0, -1, -1, 0, h, w);
          case 8 -> new AffineTransform(0, -1, 1, 0, 0, w);
          default -> new AffineTransform();
        };
    if (turn.isIdentity()) {
      return image;
    }
    boolean swapped = orientation >= 5;
    BufferedImage turned =
        new BufferedImage(
            swapped ? image.getHeight() : image.getWidth(),
            swapped ? image.getWidth() : image.getHeight(),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = turned.createGraphics();
    pen.drawImage(image, turn, null);
    pen.dispose();
    return turned;
  }

  private static String describe(byte[] bytes) {
    if (bytes.length == 0) {
      return "an empty file";
    }
    StringBuilder hex = new StringBuilder("bytes that begin with");
    for (int i = 0; i < Math.min(8, bytes.length); i++) {
      hex.append(" %02x".formatted(bytes[i]));
    }
    return hex.toString();
  }
}
