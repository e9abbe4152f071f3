package dev.refract.harness.ocr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.refract.harness.Shared;
import dev.refract.harness.image.ImageDecoder;
import dev.refract.harness.model.ModelStore;
import dev.refract.manifest.BundledSuite;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The real networks on real images.
class OcrEngineTest {

  @SuppressWarnings("NullAway.Init")
  private static OcrEngine engine;

  @BeforeAll
  static void load() throws Exception {
    engine = new OcrEngine(ModelStore.ofUser(System.err), 1);
  }

  @AfterAll
  static void close() {
    engine.close();
  }

  @Test
  void aBarsLabelAndItsValueAreOnOneLineAndTheTitleComesFirst() throws Exception {
    List<String> lines = read(suite("chart-01.png")).lines().toList();
    assertThat(lines.getFirst()).isEqualTo("Rainfall by town, 2015");
    assertThat(lines).contains("Istrad  247", "Caldera  798", "Quernby  927", "Marrick  372");
    assertThat(lines.getLast()).isEqualTo("Source: Open Survey Office");
  }

  @Test
  void numbersAboveTheirLabelsAreReadWithThem() throws Exception {
    assertThat(read(suite("chart-02.png")).lines())
        .contains("Marrick 840", "Selwick 399", "Brackwell 657", "Hollin 974", "Eastmere 146");
  }

  @Test
  void aTableKeepsItsColumnsInOrder() throws Exception {
    assertThat(read(suite("document-02.png")).lines())
        .contains("Lindow  09:45  19  18", "Quernby  10:23  17  54");
  }

  @Test
  void textIsReadAtAnyTilt() throws Exception {
    for (int degrees : new int[] {-90, -30, 12, 30, 90}) {
      assertThat(read(written("Harbour Office 4821", 400, 400, 24, degrees)))
          .as("%d degrees", degrees)
          .isEqualTo("Harbour Office 4821");
    }
  }

  @Test
  void theSmallestAndTheLargestImagesAreRead() throws Exception {
    assertThat(read(written("742", 40, 40, 16, 0))).isEqualTo("742");
    assertThat(read(written("Annual Report", 8000, 5000, 400, 0))).isEqualTo("Annual Report");
  }

  @Test
  void anImageWithoutTextHasAnEmptyTranscript() throws Exception {
    assertThat(read(written("", 300, 200, 12, 0))).isEmpty();
  }

  @Test
  void oneThreadAndFourReadTheSame() throws Exception {
    List<BufferedImage> pictures = new ArrayList<>();
    for (String name : List.of("chart-03", "document-01", "infographic-01", "infographic-03")) {
      pictures.add(suite(name + ".png"));
    }
    List<String> alone = new ArrayList<>();
    for (BufferedImage picture : pictures) {
      alone.add(read(picture));
    }
    try (OcrEngine four = new OcrEngine(ModelStore.ofUser(System.err), 4);
        var callers = Executors.newFixedThreadPool(4)) {
      List<Callable<String>> calls = new ArrayList<>();
      pictures.forEach(picture -> calls.add(() -> four.read(picture)));
      List<String> together = new ArrayList<>();
      for (Future<String> call : callers.invokeAll(calls)) {
        together.add(call.get());
      }
      assertThat(together).isEqualTo(alone);
    }
  }

  @Test
  void realChartsAndDocumentsAreRead() throws Exception {
    Path chart = Shared.folder().resolve("real-charts/png/826.png");
    assumeThat(chart).as("real charts").exists();
    assertThat(read(ImageDecoder.decode(Files.readAllBytes(chart))).lines())
        .contains(
            "Niger is world's youngest country,", "Egypt 34  58  8  25", "Réunion 22  59  18 36")
        .anyMatch(line -> line.startsWith("Kenya") && line.endsWith("20"));
    Path page = Shared.folder().resolve("real-documents/documents/scotus.png");
    assertThat(read(ImageDecoder.decode(Files.readAllBytes(page))))
        .contains("Alderson Reporting Company", "at 1:01 p.m.");
  }

  private static String read(BufferedImage picture) throws InterruptedException {
    return engine.read(picture);
  }

  private static BufferedImage suite(String name) throws Exception {
    return ImageDecoder.decode(
        Files.readAllBytes(BundledSuite.mini().resolve("images").resolve(name)));
  }

  private static BufferedImage written(String text, int width, int height, int size, int degrees) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D pen = image.createGraphics();
    pen.setColor(Color.WHITE);
    pen.fillRect(0, 0, width, height);
    pen.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    pen.setColor(Color.BLACK);
    pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, size));
    pen.translate(width / 2, height / 2);
    pen.rotate(Math.toRadians(degrees));
    pen.drawString(text, -pen.getFontMetrics().stringWidth(text) / 2, size / 3);
    pen.dispose();
    return image;
  }
}
