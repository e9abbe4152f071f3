package dev.refract.harness.config;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;
import dev.refract.manifest.DatasetCatalog;
import dev.refract.manifest.ManifestException;
import dev.refract.manifest.StrictYaml;
import dev.refract.reports.gate.GatePolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// Whatever a file of settings holds, it is read or refused with a ManifestException.
class SettingsFuzzTest {

  @TempDir private static Path folder = Path.of("");

  @FuzzTest
  void evaluation(byte[] yaml) throws IOException {
    Path file = Files.write(folder.resolve("eval.yaml"), yaml);
    orRefused(() -> EvalConfig.read(file));
  }

  @FuzzTest
  void dataset(byte[] yaml) throws IOException {
    Path file = Files.write(folder.resolve("mine.yaml"), yaml);
    orRefused(() -> DatasetCatalog.read(file));
  }

  @FuzzTest
  void policy(byte[] yaml) {
    orRefused(() -> StrictYaml.read(yaml, "gate.yaml", GatePolicy.class));
  }

  @FuzzTest
  void model(@NotNull String specification) {
    orRefused(() -> ModelSpecParser.parse("--answerer", specification));
  }

  private static void orRefused(Runnable reading) {
    try {
      reading.run();
    } catch (ManifestException _) {
      // with words of its own
    }
  }
}
