package dev.refract.harness.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The fixtures were encoded by Pillow; see `images/make.py`.
class ImageDecoderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cmyk.jpg",
        "palette.png",
        "webp.webp",
        "jpeg-named.png",
        "gif-named.png",
        "alpha.png",
        "exif-3.jpg",
        "exif-6.jpg",
        "exif-8.jpg"
      })
  void leftIsRedAndRightIsWhiteWhateverTheEncoding(String name) throws Exception {
    BufferedImage image = ImageDecoder.decode(fixture(name));
    assertThat(image.getWidth()).isEqualTo(64);
    assertThat(image.getHeight()).isEqualTo(40);
    assertThat(image.getType()).isEqualTo(BufferedImage.TYPE_INT_RGB);
    assertNear(image.getRGB(12, 20), 220, 30, 30);
    assertNear(image.getRGB(52, 20), 255, 255, 255);
  }

  @Test
  void greyStaysGrey() throws Exception {
    BufferedImage image = ImageDecoder.decode(fixture("grey.png"));
    Color left = new Color(image.getRGB(12, 20));
    assertThat(left.getRed()).isEqualTo(left.getGreen()).isEqualTo(left.getBlue());
  }

  @Test
  void aTruncatedImageIsReportedAsDamaged() throws IOException {
    byte[] whole = fixture("palette.png");
    assertThatThrownBy(() -> ImageDecoder.decode(Arrays.copyOf(whole, whole.length / 3)))
        .isInstanceOf(UnreadableImageException.class)
        .hasMessageStartingWith("damaged PNG");
  }

  @Test
  void bytesThatAreNotAnImageAreReportedWithTheFirstBytes() {
    assertThatThrownBy(() -> ImageDecoder.decode("<svg onload=x>".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(UnreadableImageException.class)
        .hasMessageContaining("3c 73 76 67");
    assertThatThrownBy(() -> ImageDecoder.decode(new byte[0]))
        .isInstanceOf(UnreadableImageException.class)
        .hasMessageContaining("empty");
  }

  @Test
  void aSmallFileCannotAllocateGigabytes() throws IOException {
    assertThatThrownBy(() -> ImageDecoder.decode(pngHeader(60_000, 60_000)))
        .isInstanceOf(UnreadableImageException.class)
        .hasMessageContaining("60000 x 60000");
  }

  private static byte[] pngHeader(int width, int height) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    ByteArrayOutputStream chunk = new ByteArrayOutputStream();
    DataOutputStream header = new DataOutputStream(chunk);
    header.writeBytes("IHDR");
    header.writeInt(width);
    header.writeInt(height);
    header.write(new byte[] {8, 2, 0, 0, 0});
    CRC32 crc = new CRC32();
    crc.update(chunk.toByteArray());
    out.writeInt(13);
    out.write(chunk.toByteArray());
    out.writeInt((int) crc.getValue());
    return bytes.toByteArray();
  }

  private static void assertNear(int rgb, int red, int green, int blue) {
    Color colour = new Color(rgb);
    assertThat(
            Math.abs(colour.getRed() - red)
                + Math.abs(colour.getGreen() - green)
                + Math.abs(colour.getBlue() - blue))
        .as("%s", colour)
        .isLessThan(40);
  }

  private static byte[] fixture(String name) throws IOException {
    try (InputStream in = ImageDecoderTest.class.getResourceAsStream("/images/" + name)) {
      return Objects.requireNonNull(in, name).readAllBytes();
    }
  }
}
