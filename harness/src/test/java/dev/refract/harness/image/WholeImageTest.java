package dev.refract.harness.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Whole images pass; an image that lacks a part is refused, whatever its last bytes are.
class WholeImageTest {

  /// A page whose upper left corner is red.
  private static BufferedImage page() {
    BufferedImage page = new BufferedImage(120, 80, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = page.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, 120, 80);
    pen.setColor(Color.RED);
    pen.fillRect(0, 0, 40, 20);
    Random random = new Random(1);
    for (int i = 0; i < 500; i++) {
      page.setRGB(40 + random.nextInt(80), 20 + random.nextInt(60), random.nextInt(1 << 24));
    }
    pen.dispose();
    return page;
  }

  private static byte[] encoded(String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    assertThat(ImageIO.write(page(), format, bytes)).as(format).isTrue();
    return bytes.toByteArray();
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpg", "gif", "bmp", "tiff"})
  void aWholeImagePassesAndOneCutAnywhereIsRefused(String format) throws Exception {
    byte[] whole = encoded(format);
    ImageDecoder.check(whole);
    for (int share = 1; share < 10; share++) {
      byte[] cut = Arrays.copyOf(whole, whole.length * share / 10);
      assertThatThrownBy(() -> ImageDecoder.check(cut))
          .as("%s, %d bytes of %d", format, cut.length, whole.length)
          .isInstanceOf(UnreadableImageException.class);
    }
  }

  @Test
  void anEndMarkDoesNotMakeACutPngWhole() throws Exception {
    byte[] whole = encoded("png");
    int data = new String(whole, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("IDAT");
    int length = ByteBuffer.wrap(whole).getInt(data - 4);
    int half = length / 2;
    CRC32 checksum = new CRC32();
    checksum.update(whole, data, 4 + half);
    ByteBuffer cut = ByteBuffer.allocate(data + 4 + half + 4 + 12);
    cut.put(whole, 0, data - 4).putInt(half).put(whole, data, 4 + half);
    cut.putInt((int) checksum.getValue()).put(whole, whole.length - 12, 12);
    assertThatThrownBy(() -> ImageDecoder.check(cut.array()))
        .hasMessageContaining("truncated PNG: its pixels end early");
  }

  @Test
  void theEndMarkOfAThumbnailIsNotThatOfTheImage() throws Exception {
    byte[] thumbnail = encoded("jpg");
    byte[] image = encoded("jpg");
    ByteArrayOutputStream with = new ByteArrayOutputStream();
    with.write(image, 0, 2);
    with.write(0xff);
    with.write(0xe1);
    with.write(ByteBuffer.allocate(2).putShort((short) (thumbnail.length + 2)).array());
    with.write(thumbnail);
    with.write(image, 2, image.length - 2);
    ImageDecoder.check(with.toByteArray());
    byte[] cut = Arrays.copyOf(with.toByteArray(), with.size() - image.length / 2);
    assertThatThrownBy(() -> ImageDecoder.check(cut)).hasMessageContaining("truncated JPEG");
  }

  @ParameterizedTest
  @EnumSource(
      value = ImageFormat.class,
      names = {"PNG", "JPEG", "TIFF"})
  void theOrientationIsObeyedInEveryFormatThatHasOne(ImageFormat format) throws Exception {
    byte[] turned =
        turned(
            format,
            encoded(
                format == ImageFormat.JPEG
                    ? "jpg"
                    : format.extension().equals("tif") ? "tiff" : "png"));
    ImageDecoder.check(turned);
    BufferedImage upright = ImageDecoder.decode(turned);
    int corner = upright.getRGB(115, 75); // turned by 180 degrees
    assertThat(corner >> 16 & 0xff).isGreaterThan(200);
    assertThat(corner & 0xff).isLessThan(80);
    assertThat(ImageDecoder.isPlain(turned)).isFalse();
    byte[] sent = ImagePreparation.NONE.of(turned);
    assertThat(ImageFormat.of(sent)).hasValue(ImageFormat.PNG);
    assertThat(ImageDecoder.decode(sent).getRGB(115, 75) >> 16 & 0xff).isGreaterThan(200);
  }

  /// The same file with EXIF orientation 3.
  private static byte[] turned(ImageFormat format, byte[] bytes) {
    ByteBuffer exif = ByteBuffer.allocate(26);
    exif.put(new byte[] {'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1});
    exif.putShort((short) 274)
        .putShort((short) 3)
        .putInt(1)
        .putShort((short) 3)
        .putShort((short) 0);
    exif.putInt(0);
    return switch (format) {
      case JPEG -> {
        ByteBuffer file = ByteBuffer.allocate(bytes.length + 36);
        file.put(bytes, 0, 2).putShort((short) 0xffe1).putShort((short) 34);
        yield file.put(new byte[] {'E', 'x', 'i', 'f', 0, 0})
            .put(exif.array())
            .put(bytes, 2, bytes.length - 2)
            .array();
      }
      case PNG -> {
        CRC32 checksum = new CRC32();
        checksum.update(new byte[] {'e', 'X', 'I', 'f'});
        checksum.update(exif.array());
        ByteBuffer file = ByteBuffer.allocate(bytes.length + 38);
        file.put(bytes, 0, 33).putInt(26).put(new byte[] {'e', 'X', 'I', 'f'}).put(exif.array());
        yield file.putInt((int) checksum.getValue()).put(bytes, 33, bytes.length - 33).array();
      }
      default -> tiff(bytes);
    };
  }

  /// Appends a directory with one more entry, and points the header to it.
  private static byte[] tiff(byte[] bytes) {
    boolean little = bytes[0] == 'I';
    java.nio.ByteOrder order =
        little ? java.nio.ByteOrder.LITTLE_ENDIAN : java.nio.ByteOrder.BIG_ENDIAN;
    ByteBuffer old = ByteBuffer.wrap(bytes).order(order);
    int directory = old.getInt(4);
    int entries = old.getShort(directory);
    ByteBuffer file = ByteBuffer.allocate(bytes.length + 2 + 12 * (entries + 1) + 4).order(order);
    file.put(bytes).putInt(4, bytes.length);
    file.putShort((short) (entries + 1));
    boolean added = false;
    for (int i = 0; i < entries; i++) {
      if (!added && (old.getShort(directory + 2 + 12 * i) & 0xffff) > 274) {
        file.putShort((short) 274)
            .putShort((short) 3)
            .putInt(1)
            .putShort((short) 3)
            .putShort((short) 0);
        added = true;
      }
      file.put(bytes, directory + 2 + 12 * i, 12);
    }
    return file.putInt(0).array();
  }

  @Test
  void whatServersTakeIsSentByteForByte() throws Exception {
    byte[] png = encoded("png");
    assertThat(ImagePreparation.NONE.of(png)).isSameAs(png);
    assertThat(ImageFormat.of(ImagePreparation.NONE.of(encoded("bmp")))).hasValue(ImageFormat.PNG);
    assertThat(ImageFormat.of(ImagePreparation.NONE.of(encoded("tiff")))).hasValue(ImageFormat.PNG);
    BufferedImage deep = new BufferedImage(9, 9, BufferedImage.TYPE_USHORT_GRAY);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(deep, "png", bytes);
    byte[] sent = ImagePreparation.NONE.of(bytes.toByteArray());
    assertThat(sent[24]).isEqualTo((byte) 8);
  }
}
