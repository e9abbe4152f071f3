package dev.refract.reports.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refract.reports.file.RunFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// How candidates of a commit are counted.
class AttemptsTest {

  @TempDir Path folder;

  @Test
  void candidatesAreNumberedFromOneAndTheSameResultsKeepTheirNumber() throws IOException {
    Attempts attempts = new Attempts(folder.resolve("attempts.jsonl"));
    assertThat(attempts.record("c1", "base", "x")).isEqualTo(1);
    assertThat(attempts.record("c1", "base", "y")).isEqualTo(2);
    assertThat(attempts.record("c1", "base", "x")).isEqualTo(1);
    assertThat(attempts.record("c1", "base", "z")).isEqualTo(3);
    assertThat(attempts.record("c1", "base", "y")).isEqualTo(2);
    assertThat(Files.readAllLines(attempts.file())).hasSize(3);
  }

  @Test
  void anotherCommitAndAnotherBaselineCountForThemselves() throws IOException {
    Attempts attempts = new Attempts(folder.resolve("attempts.jsonl"));
    assertThat(attempts.record("c1", "base", "x")).isEqualTo(1);
    assertThat(attempts.record("c2", "base", "y")).isEqualTo(1);
    assertThat(attempts.record("c1", "other", "y")).isEqualTo(1);
    assertThat(attempts.record("c1", "base", "y")).isEqualTo(2);
    assertThat(attempts.record("c2", "base", "x")).isEqualTo(2);
  }

  @Test
  void theFileKeepsCommitBaselineAndCandidateInAFolderThatIsMade() throws IOException {
    Path file = folder.resolve("made/anew/attempts.jsonl");
    new Attempts(file).record("c1", "base", "x");
    assertThat(Files.readString(file))
        .startsWith("{\"commit\":\"c1\",\"baseline\":\"base\",\"candidate\":\"x\",\"crc32c\":\"")
        .endsWith("\"}\n");
    assertThat(new Attempts(file).record("c1", "base", "y")).isEqualTo(2);
  }

  @Test
  void halfALineOfAKilledProcessIsCutOffAndWholeLinesStay() throws IOException {
    Path file = folder.resolve("attempts.jsonl");
    Attempts attempts = new Attempts(file);
    attempts.record("c1", "base", "x");
    String whole = Files.readString(file);
    Files.writeString(file, "{\"commit\":\"c1\",\"base", StandardOpenOption.APPEND);
    assertThat(attempts.record("c1", "base", "x")).isEqualTo(1);
    assertThat(Files.readString(file)).isEqualTo(whole);
  }

  @Test
  void aFileOfNothingButHalfALineIsEmptied() throws IOException {
    Path file = folder.resolve("attempts.jsonl");
    Files.writeString(file, "{\"commit\":");
    assertThat(new Attempts(file).record("c1", "base", "x")).isEqualTo(1);
    assertThat(Files.readAllLines(file)).hasSize(1);
  }

  @Test
  void anEmptyFileIsNoAttempt() throws IOException {
    Path file = Files.createFile(folder.resolve("attempts.jsonl"));
    assertThat(new Attempts(file).record("c1", "base", "x")).isEqualTo(1);
  }

  @Test
  void aDamagedLineIsNamedByItsNumber() throws IOException {
    Path file = folder.resolve("attempts.jsonl");
    Attempts attempts = new Attempts(file);
    attempts.record("c1", "base", "x");
    Files.writeString(file, "nonsense\n", StandardOpenOption.APPEND);
    assertThatThrownBy(() -> attempts.record("c1", "base", "y"))
        .isInstanceOf(RunFormatException.class)
        .hasMessageContaining("attempts.jsonl:2");
  }
}
