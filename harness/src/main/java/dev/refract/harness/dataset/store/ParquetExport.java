package dev.refract.harness.dataset.store;

import dev.refract.harness.dataset.Dataset;
import java.io.IOException;
import java.nio.file.Path;

final class ParquetExport {
  private ParquetExport() {}

  static void write(Dataset dataset, Path file) throws IOException {
    throw new IOException("not yet: " + dataset.id() + file);
  }
}
