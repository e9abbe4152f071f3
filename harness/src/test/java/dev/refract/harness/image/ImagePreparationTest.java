package dev.refract.harness.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/// Images as a server wants them.
class ImagePreparationTest {

  private static byte[] image(int width, int height, String format) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int x = 0; x < width / 2; x++) {
      for (int y = 0; y < height; y++) {
        image.setRGB(x, y, Color.RED.getRGB());
      }
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, format, bytes);
    return bytes.toByteArray();
  }

  private static BufferedImage read(byte[] bytes) throws IOException {
    return ImageIO.read(new ByteArrayInputStream(bytes));
  }

  @Test
  void what_fits_is_sent_byte_for_byte() throws Exception {
    byte[] png = image(40, 20, "png");
    assertThat(ImagePreparation.NONE.of(png)).isSameAs(png);
    assertThat(new ImagePreparation(ImageFormat.PNG, 40).of(png)).isSameAs(png);
    assertThat(new ImagePreparation(null, 40).of(png)).isSameAs(png);
  }

  @Test
  void a_larger_image_is_scaled_until_its_longer_side_fits() throws Exception {
    byte[] smaller = new ImagePreparation(null, 100).of(image(400, 200, "png"));
    BufferedImage image = read(smaller);
    assertThat(image.getWidth()).isEqualTo(100);
    assertThat(image.getHeight()).isEqualTo(50);
    assertThat(new Color(image.getRGB(10, 25))).isEqualTo(Color.RED);
    assertThat(new Color(image.getRGB(90, 25))).isEqualTo(Color.BLACK);
    assertThat(ImageFormat.of(smaller)).contains(ImageFormat.PNG);
  }

  @Test
  void a_very_long_image_keeps_at_least_one_row() throws Exception {
    assertThat(read(new ImagePreparation(null, 16).of(image(800, 4, "png"))).getHeight())
        .isEqualTo(1);
  }

  @Test
  void another_format_is_converted_and_a_jpeg_stays_one_when_scaled() throws Exception {
    assertThat(ImageFormat.of(new ImagePreparation(ImageFormat.JPEG, null).of(image(8, 8, "png"))))
        .contains(ImageFormat.JPEG);
    assertThat(ImageFormat.of(new ImagePreparation(ImageFormat.PNG, null).of(image(8, 8, "bmp"))))
        .contains(ImageFormat.PNG);
    assertThat(ImageFormat.of(new ImagePreparation(null, 16).of(image(99, 99, "jpg"))))
        .contains(ImageFormat.JPEG);
  }

  @Test
  void the_same_image_gives_the_same_bytes() throws Exception {
    byte[] png = image(300, 200, "png");
    ImagePreparation preparation = new ImagePreparation(ImageFormat.JPEG, 64);
    assertThat(preparation.of(png)).isEqualTo(preparation.of(png));
  }

  @Test
  void what_cannot_be_decoded_cannot_be_converted() throws Exception {
    byte[] cut = Arrays.copyOf(image(80, 80, "png"), 60);
    assertThatThrownBy(() -> new ImagePreparation(ImageFormat.JPEG, null).of(cut))
        .isInstanceOf(UnreadableImageException.class);
    byte[] text = "not an image".getBytes(StandardCharsets.UTF_8);
    assertThat(new ImagePreparation(ImageFormat.JPEG, null).of(text)).isSameAs(text);
  }
}
