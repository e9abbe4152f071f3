package dev.refract.reports.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refract.reports.compare.BaselineStore;
import dev.refract.reports.compare.RunData;
import dev.refract.reports.file.RunFormatException;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.upgrade.RunUpgrade;
import dev.refract.reports.verify.Finding.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A real run (two images of the mini suite), damaged in every way that the files allow: nothing
/// reads it as if it were whole.
class RunCheckTest {

  @TempDir private Path folder;
  private Path run = Path.of("");

  @BeforeEach
  void copy() throws IOException {
    run = Files.createDirectories(folder.resolve("run"));
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/runs/format-8"))) {
      for (Path file : files.toList()) {
        Files.copy(file, run.resolve(file.getFileName()));
      }
    }
    RunUpgrade.upgrade(run);
  }

  private List<String> lines(String file) throws IOException {
    return new ArrayList<>(Files.readAllLines(run.resolve(file)));
  }

  private void write(String file, List<String> lines) throws IOException {
    Files.writeString(run.resolve(file), String.join("\n", lines) + "\n");
  }

  private void replace(String file, String pattern, String by) throws IOException {
    String before = Files.readString(run.resolve(file));
    String after = before.replaceFirst(pattern, by);
    assertThat(after).isNotEqualTo(before);
    Files.writeString(run.resolve(file), after);
  }

  /// Refused wherever a finished run is read, by its file and line; and listed by the check.
  private List<Finding> assertRefused(String place) {
    assertThatThrownBy(() -> RunFile.finished(run))
        .isInstanceOf(RunFormatException.class)
        .hasMessageContaining(place);
    assertThatThrownBy(() -> new BaselineStore(folder.resolve("b.json")).set("main", run))
        .isInstanceOf(RunFormatException.class);
    List<Finding> findings = RunCheck.of(run);
    assertThat(findings).isNotEmpty();
    return findings;
  }

  @Test
  void aRunThatNobodyTouchedIsWhole() {
    assertThat(RunCheck.of(run)).isEmpty();
    assertThat(RunData.read(RunFile.finished(run)).items()).isNotEmpty();
    assertThat(new RunFile(run).isIntact()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "items.jsonl; \"value\":1.0; \"value\":0.5; items.jsonl:; DERIVED",
        "items.jsonl; \"gold; \"gald; items.jsonl:; DERIVED",
        "answers.jsonl; \"reply\":\"; \"reply\":\"x; answers.jsonl:; JOURNAL",
        "captions.jsonl; \"text\":\"; \"text\":\"x; captions.jsonl:; JOURNAL",
        "summary.json; \"mean\" : 0.[0-9]*; \"mean\" : 0.99; summary.json; DERIVED",
        "summary.json; \"n\" : [0-9]+; \"n\" : 7; summary.json; DERIVED",
        "summary.json; \"high\" : [0-9.]+; \"high\" : Infinity; summary.json; DERIVED",
        "summary.json; \"planned\" : [0-9]+; \"planned\" : null; summary.json; DERIVED",
        "run.json; \"captioner_id\" : \"[^\"]*\"; \"captioner_id\" : \"other\"; run.json; RECORD",
        "run.json; \"questions\" : [0-9]+; \"questions\" : 999; run.json; RECORD",
      })
  void anEditIsFound(String file, String pattern, String by, String place, Kind kind)
      throws IOException {
    replace(file, pattern, by);
    assertThat(assertRefused(place)).extracting(Finding::kind).contains(kind);
  }

  @ParameterizedTest
  @ValueSource(strings = {"items.jsonl", "answers.jsonl", "captions.jsonl"})
  void missingDoubledAndReorderedLinesAreFound(String file) throws IOException {
    List<String> whole = lines(file);
    write(file, whole.subList(0, whole.size() - 1));
    assertRefused(file);
    List<String> doubled = new ArrayList<>(whole);
    doubled.add(whole.getFirst());
    write(file, doubled);
    assertRefused(file + ":" + doubled.size());
    List<String> reordered = new ArrayList<>(whole);
    Collections.reverse(reordered);
    write(file, reordered);
    assertRefused(file);
    write(file, whole);
    assertThat(RunCheck.of(run)).isEmpty();
  }

  @Test
  void aFileThatIsMissingOrWasAddedIsFound() throws IOException {
    Files.move(run.resolve("captions.jsonl"), run.resolve("elsewhere"));
    assertRefused("captions.jsonl");
    Files.move(run.resolve("elsewhere"), run.resolve("captions.jsonl"));
    Files.writeString(run.resolve("judgements.jsonl"), "");
    assertRefused("judgements.jsonl");
  }

  @Test
  void aLinkOrAPipeInTheFolderIsRefused() throws IOException {
    Path victim = Files.writeString(folder.resolve("victim"), "precious");
    Files.createSymbolicLink(run.resolve("run.lock"), victim);
    assertThatThrownBy(() -> RunFile.open(run))
        .isInstanceOf(RunFormatException.class)
        .hasMessageContaining("run.lock")
        .hasMessageContaining("symbolic link");
    assertThatThrownBy(() -> RunUpgrade.upgrade(run)).isInstanceOf(RunFormatException.class);
    assertThat(RunCheck.of(run)).extracting(Finding::kind).containsExactly(Kind.RECORD);
    Files.delete(run.resolve("run.lock"));
    Files.createSymbolicLink(folder.resolve(".images"), folder.resolve("elsewhere"));
    assertThatThrownBy(() -> RunFile.open(run)).hasMessageContaining(".images");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", ".", "..", "../up", "a/b", "a\\\\\\\\b", "a\\\\u0000b"})
  void aNameThatIsNotOnePartOfAPathIsRefused(String name) throws IOException {
    replace("run.json", "\"name\" : \"[^\"]*\"", "\"name\" : \"" + name + "\"");
    assertThatThrownBy(() -> RunFile.finished(run))
        .isInstanceOf(RunFormatException.class)
        .hasMessageContaining("run.json")
        .hasMessageContaining("the name of a run");
  }

  @Test
  void aPictureWhoseBytesDoNotHashToItsNameIsFound() throws IOException {
    String digest = new RunFile(run).items().getFirst().images().getFirst().sha256();
    Path images = Files.createDirectories(folder.resolve(".images"));
    Files.writeString(images.resolve(digest + ".png"), "TOPSECRET");
    assertThat(RunCheck.of(run)).extracting(Finding::kind).containsExactly(Kind.IMAGE);
  }

  @Test
  void anUnfinishedRunMayHaveAnyResultsButIsNotReadAsFinished() throws IOException {
    replace("run.json", "\"FINISHED\"", "\"RUNNING\"");
    assertThatThrownBy(() -> RunFile.finished(run)).hasMessageContaining("exactly when");
    replace("run.json", "(?s)\"seal\" : \\{.*\\}", "\"seal\" : null }");
    assertThatThrownBy(() -> RunFile.finished(run)).hasMessageContaining("has not finished");
    assertThat(RunCheck.of(run)).isEmpty();
  }
}
