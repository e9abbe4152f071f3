package dev.refract.harness.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.refract.harness.journal.Journal;
import dev.refract.reports.compare.BaselineStore;
import dev.refract.reports.file.JsonLines;
import dev.refract.reports.file.RunFormatException;
import dev.refract.reports.file.RunJson;
import dev.refract.reports.load.LoadReport;
import dev.refract.reports.result.AnswerRecord;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.JournalRecord;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.result.Summary;
import dev.refract.reports.telemetry.TelemetryRecord;
import dev.refract.reports.verify.RunCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// Whatever a file of a run holds, it is read or refused with a RunFormatException, by its line.
class RunFilesFuzzTest {

  @TempDir private static Path folder = Path.of("");

  @FuzzTest
  void record(byte[] json) throws IOException {
    Path run = Files.createDirectories(folder.resolve("run"));
    Files.write(run.resolve("run.json"), json);
    orRefused(() -> RunFile.open(run).record().isControl());
    orRefused(() -> RunFile.finished(run));
    assertThat(RunCheck.of(run)).isNotNull();
  }

  @FuzzTest
  void summary(byte[] json) throws IOException {
    Path file = Files.write(folder.resolve("summary.json"), json);
    orRefused(() -> RunJson.pretty(RunJson.read(file, Summary.class)));
    orRefused(() -> RunJson.pretty(RunJson.read(file, RunRecord.class)));
  }

  @FuzzTest
  void throughput(byte[] json) throws IOException {
    Path file = Files.write(folder.resolve("load.json"), json);
    orRefused(() -> LoadReport.read(file).subject());
  }

  @FuzzTest
  void baselines(byte[] json) throws IOException {
    BaselineStore store = new BaselineStore(Files.write(folder.resolve("baselines.json"), json));
    orRefused(() -> store.all().values().forEach(store::state));
  }

  @FuzzTest
  void items(byte[] lines) throws IOException {
    Path file = Files.write(folder.resolve("items.jsonl"), lines);
    orRefused(() -> JsonLines.forEachOlder(file, ItemResult.class, RunJson::text));
    orRefused(() -> JsonLines.forEachOlder(file, TelemetryRecord.class, RunJson::text));
  }

  @FuzzTest
  void journal(byte[] lines) throws IOException {
    journal(lines, CaptionRecord.class);
    journal(lines, AnswerRecord.class);
  }

  private static <T extends JournalRecord> void journal(byte[] lines, Class<T> type)
      throws IOException {
    Path file = Files.write(folder.resolve("lines.jsonl"), lines);
    orRefused(() -> JsonLines.forEachOlder(file, type, RunJson::text));
    try (Journal<T> journal = Journal.open(file, type)) {
      journal.forEach(record -> assertThat(record).isNotNull());
    } catch (RunFormatException _) {
      // refused, and nothing of it was removed but an incomplete last line
    }
  }

  private static void orRefused(Runnable reading) {
    try {
      reading.run();
    } catch (RunFormatException _) {
      // with file and line
    }
  }
}
