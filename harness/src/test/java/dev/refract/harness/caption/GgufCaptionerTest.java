package dev.refract.harness.caption;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.harness.engine.TinyModel;
import dev.refract.manifest.Sampling;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A vision model in llama.cpp; it sees images, although its words mean nothing.
class GgufCaptionerTest {

  private static final Sampling GREEDY = new Sampling(0, 1, 1, 16);

  @TempDir private Path folder;

  @Test
  void aCaptionComesFromTheImageAndIsTheSameEachTime() throws Exception {
    TinyModel tiny = TinyModel.in(folder);
    try (GgufCaptioner captioner =
        new GgufCaptioner(tiny.server(1, true), GREEDY, TinyModel.identity(GREEDY))) {
      Caption red = captioner.caption(image("red", Color.RED, 224, "png"));
      Caption blue = captioner.caption(image("blue", Color.BLUE, 224, "png"));
      assertThat(red.text()).isNotBlank().isNotEqualTo(blue.text());
      assertThat(captioner.caption(image("red", Color.RED, 224, "png")).text())
          .isEqualTo(red.text());
      Caption larger = captioner.caption(image("large", Color.RED, 448, "png"));
      assertThat(larger.usage().input()).isGreaterThan(red.usage().input());
      assertThat(captioner.caption(image("jpeg", Color.RED, 224, "jpg")).text()).isNotBlank();
      assertThat(captioner.caption(image("gif", Color.RED, 224, "gif")).text())
          .isEqualTo(red.text());
    }
  }

  private static InputImage image(String name, Color color, int side, String format)
      throws Exception {
    BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(color);
    pen.fillRect(0, 0, side, side);
    pen.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, format, bytes);
    return new InputImage(name, name + side, bytes.toByteArray(), null, "Describe the image.");
  }
}
