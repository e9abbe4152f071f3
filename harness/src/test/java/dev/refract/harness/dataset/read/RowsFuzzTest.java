package dev.refract.harness.dataset.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.refract.harness.dataset.DatasetException;
import dev.refract.manifest.Columns;
import dev.refract.manifest.DatasetSource.Format;
import dev.refract.manifest.MetricName;
import dev.refract.manifest.StrictYaml;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/// Whatever a dataset's file holds, its reader gives rows, a list of bad ones, or a
/// DatasetException.
class RowsFuzzTest {

  private static final String COLUMNS =
      "{id: id, images: [image], question: question, answers: answer, choices: [options]}";

  @TempDir private static Path folder = Path.of("");

  @FuzzTest
  void jsonLines(byte[] file) throws IOException {
    read(Format.JSONL, COLUMNS, file);
  }

  @FuzzTest
  void table(byte[] file) throws IOException {
    read(Format.TSV, COLUMNS, file);
  }

  @FuzzTest
  void capRl(byte[] file) throws IOException {
    read(Format.CAPRL, "{images: [image], question: prompt, answers: answer}", file);
  }

  @FuzzTest
  void parquet(byte[] file) throws IOException {
    read(Format.PARQUET, "{id: id, images: [image], question: question, answers: answer}", file);
  }

  private static void read(Format format, String columns, byte[] bytes) throws IOException {
    // A file of its own each time: a reader that was given up may still have the last one mapped.
    Path file = Files.write(Files.createTempFile(folder, "rows", ""), bytes);
    Columns parsed =
        StrictYaml.read(columns.getBytes(StandardCharsets.UTF_8), "columns", Columns.class);
    Reading reading =
        new Reading(
            List.of(new Reading.Part(file, format, parsed, "", null)),
            new ImageRoot.Folder(folder, true),
            new ImageStore(folder.resolve("vault")),
            "chart",
            MetricName.ANLS,
            true,
            Map.of());
    try {
      assertThat(reading.read().bad()).doesNotContainNull();
    } catch (DatasetException _) {
      // the file as a whole is refused
    } finally {
      Files.delete(file);
    }
  }
}
