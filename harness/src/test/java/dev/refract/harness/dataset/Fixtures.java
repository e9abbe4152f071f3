package dev.refract.harness.dataset;

import dev.refract.harness.dataset.store.DatasetStore;
import dev.refract.harness.dataset.store.Datasets;
import dev.refract.manifest.DatasetCatalog;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;

/// Shared helpers for dataset tests.
public final class Fixtures {

  private static final PrintStream SILENT = new PrintStream(OutputStream.nullOutputStream());

  private Fixtures() {}

  /// A small image, different for each number.
  public static byte[] png(int number) {
    BufferedImage image = new BufferedImage(24, 16, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 24 * 16; i++) {
      image.setRGB(i % 24, i / 24, (number * 7919 + i * 104_729) & 0xffffff);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  public static DatasetStore store(Path cache, Map<String, String> environment) {
    return new DatasetStore(cache, environment, SILENT, false);
  }

  /// A dataset with all its images read; a bad sample is an error.
  public static Dataset open(String name) throws IOException, InterruptedException {
    return open(name, null);
  }

  public static Dataset open(String name, @Nullable Path imageRoot)
      throws IOException, InterruptedException {
    Path cache = Files.createTempDirectory("refract-test");
    return new Datasets(DatasetCatalog.load(null), store(cache, Map.of()), imageRoot)
        .open(name, DatasetStore.Request.USUAL)
        .identified(Dataset.OnBad.FAIL);
  }
}
