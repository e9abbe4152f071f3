package dev.refract.harness.image;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.jspecify.annotations.Nullable;

/// How an image is changed before it is sent: not at all, or to a format and size that the server
/// accepts. It is part of a model's identity, since other pixels can mean another caption.
///
/// @param format of images that have another one; unchanged when null
/// @param maxSide most pixels of the longer side; unchanged when null
public record ImagePreparation(@Nullable ImageFormat format, @Nullable Integer maxSide) {

  public static final ImagePreparation NONE = new ImagePreparation(null, null);

  private static final float JPEG_QUALITY = 0.95f;

  /// The bytes to send. An image that already fits is sent byte for byte. One that a server may
  /// read differently is sent as an upright PNG with 8 bits a channel: a picture that is turned by
  /// its EXIF orientation, 16-bit PNG, TIFF and BMP.
  ///
  /// @throws UnreadableImageException when the image must be changed and cannot be decoded
  public byte[] of(byte[] bytes) throws UnreadableImageException {
    Optional<ImageFormat> now = ImageFormat.of(bytes);
    if (now.isEmpty()) {
      return bytes;
    }
    boolean fits = ImageDecoder.isPlain(bytes) && (format == null || format == now.get());
    if (fits && maxSide == null) {
      return bytes;
    }
    BufferedImage image = ImageDecoder.decode(bytes);
    int longest = Math.max(image.getWidth(), image.getHeight());
    if (fits && maxSide != null && longest <= maxSide) {
      return bytes;
    }
    ImageFormat wanted =
        format != null
            ? format
            : fits && now.get() == ImageFormat.JPEG ? ImageFormat.JPEG : ImageFormat.PNG;
    return encoded(
        maxSide != null && longest > maxSide ? scaled(image, (double) maxSide / longest) : image,
        wanted);
  }

  /// Halves the image as often as it can before the last step, so that thin lines stay.
  private static BufferedImage scaled(BufferedImage image, double factor) {
    int width = Math.max(1, (int) Math.round(image.getWidth() * factor));
    int height = Math.max(1, (int) Math.round(image.getHeight() * factor));
    BufferedImage from = image;
    while (from.getWidth() >= 2 * width && from.getHeight() >= 2 * height) {
      from = drawn(from, (from.getWidth() + 1) / 2, (from.getHeight() + 1) / 2);
    }
    return drawn(from, width, height);
  }

  private static BufferedImage drawn(BufferedImage image, int width, int height) {
    BufferedImage smaller = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = smaller.createGraphics();
    pen.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
    pen.drawImage(image, 0, 0, width, height, null);
    pen.dispose();
    return smaller;
  }

  private static byte[] encoded(BufferedImage image, ImageFormat format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageWriter writer = ImageIO.getImageWritersByMIMEType(format.mime()).next();
    try (var out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      ImageWriteParam settings = writer.getDefaultWriteParam();
      if (format == ImageFormat.JPEG) {
        settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        settings.setCompressionQuality(JPEG_QUALITY);
      }
      writer.write(null, new IIOImage(image, null, null), settings);
    } catch (IOException e) {
      throw new IllegalStateException("writing an image to memory cannot fail", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
