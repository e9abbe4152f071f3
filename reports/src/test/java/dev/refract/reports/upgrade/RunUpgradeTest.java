package dev.refract.reports.upgrade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refract.reports.file.RunFormatException;
import dev.refract.reports.file.RunJson;
import dev.refract.reports.html.Site;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.ModelIdentity;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Runs made by older versions of refract, on two images of the mini suite: see
/// `src/test/resources/runs`.
class RunUpgradeTest {

  @TempDir private Path folder;

  private Path run(int format) throws IOException {
    Path from = Path.of("src/test/resources/runs/format-" + format);
    Path to = Files.createDirectories(folder.resolve("run-" + format));
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
    return to;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9})
  void aRunOfAnOlderFormatKeepsItsScoresAndIsPublished(int format) throws IOException {
    Path run = run(format);
    double before =
        RunJson.read(run.resolve("summary.json"), JsonNode.class)
            .path("overall")
            .path("accuracy")
            .path("mean")
            .asDouble();
    assertThatThrownBy(() -> RunFile.open(run))
        .isInstanceOf(RunFormatException.class)
        .hasMessageContaining("run format " + format + " is older than 10")
        .hasMessageContaining("refract upgrade " + run);

    assertThat(RunUpgrade.upgrade(run)).isEqualTo(format);

    RunFile upgraded = RunFile.open(run);
    assertThat(upgraded.record().format()).isEqualTo(RunRecord.FORMAT);
    assertThat(upgraded.record().captioner()).isInstanceOf(ModelIdentity.Ocr.class);
    assertThat(upgraded.record().answerer().displayName()).isEqualTo("qwen2.5-coder-0.5b-instruct");
    assertThat(upgraded.summary().overall().accuracy().mean()).isEqualTo(before);
    assertThat(upgraded.captions()).hasSize(2);
    for (ItemResult item : upgraded.items()) {
      assertThat(upgraded.captions()).containsKey(item.representative().captions().getFirst());
      assertThat(item.representative().reply()).isNotBlank();
    }
    new Site(folder.resolve("site")).write(List.of(upgraded));
    assertThat(folder.resolve("site/index.html")).exists();
  }

  @Test
  void aRunOfThisFormatStaysAsItIs() throws IOException {
    Path run = run(5);
    RunUpgrade.upgrade(run);
    String items = Files.readString(run.resolve("items.jsonl"));
    String record = Files.readString(run.resolve("run.json"));
    assertThat(RunUpgrade.upgrade(run)).isEqualTo(RunRecord.FORMAT);
    assertThat(run.resolve("items.jsonl")).hasContent(items);
    assertThat(run.resolve("run.json")).hasContent(record);
  }

  @Test
  void aConversionThatDiedBeforeItsLastStepIsCompletedByTheNext() throws IOException {
    Path run = run(2);
    String old = Files.readString(run.resolve("run.json"));
    RunUpgrade.upgrade(run);
    String items = Files.readString(run.resolve("items.jsonl"));
    Files.writeString(run.resolve("run.json"), old); // as if the process had died before it
    assertThat(RunUpgrade.upgrade(run)).isEqualTo(2);
    assertThat(run.resolve("items.jsonl")).hasContent(items);
  }

  @Test
  void aSealedRunThatWasEditedIsNotConverted() throws IOException {
    Path run = run(9);
    Path answers = run.resolve("answers.jsonl");
    Files.writeString(answers, Files.readString(answers).lines().findFirst().orElseThrow() + "\n");
    assertThatThrownBy(() -> RunUpgrade.upgrade(run))
        .isInstanceOf(RunFormatException.class)
        .hasMessageContaining("answers.jsonl")
        .hasMessageContaining("was changed after the run finished");
  }

  @Test
  void aFutureFormatIsRefusedAndLeftUnchanged() throws IOException {
    Path run = run(5);
    Path record = run.resolve("run.json");
    Files.writeString(
        record, Files.readString(record).replace("\"format\" : 5", "\"format\" : 99"));
    assertThatThrownBy(() -> RunUpgrade.upgrade(run))
        .hasMessageContaining("run format 99 is not known; this refract reads 1 to 10");
    assertThatThrownBy(() -> RunFile.open(run)).hasMessageContaining("run format 99 is not known");
  }

  @Test
  void aDamagedLineIsNamedAndTheRunStaysOld() throws IOException {
    Path run = run(4);
    Path answers = run.resolve("answers.jsonl");
    List<String> lines = Files.readAllLines(answers);
    Files.writeString(answers, lines.getFirst() + "\n{\"fingerprint\":1}\n");
    assertThatThrownBy(() -> RunUpgrade.upgrade(run))
        .isInstanceOf(RunFormatException.class)
        .hasMessageContaining("answers.jsonl:2");
    assertThat(new RunFile(run).format()).isEqualTo(4);
  }

  @Test
  void aServedModelGetsTheMissingKeysAndAJudgesPromptIsSeparated() {
    ObjectNode run =
        (ObjectNode)
            RunJson.MAPPER.readTree(
                """
                {"captioner": {"kind": "placebo", "seed": 0, "of":
                   {"kind": "openai", "base_url": "http://a/v1", "model": "m", "temperature": 0.5,
                    "top_p": 0.9, "max_tokens": 7}},
                 "judge": {"kind": "openai", "base_url": "http://b/v1", "model": "j",
                    "temperature": 0.0, "top_p": 1.0, "max_tokens": 16, "prompt": "match/1"}}
                """);
    Upgrades.run(run, 5);
    ModelIdentity captioner = RunJson.MAPPER.treeToValue(run.get("captioner"), ModelIdentity.class);
    assertThat(captioner)
        .isEqualTo(
            new ModelIdentity.Placebo(
                new ModelIdentity.Served("http://a/v1", "m", null, 0.5, 0.9, null, 7, null), 0));
    RunRecord.Judge judge = RunJson.MAPPER.treeToValue(run.get("judge"), RunRecord.Judge.class);
    assertThat(Objects.requireNonNull(judge).prompt()).isEqualTo("match/1");
    assertThat(judge.model().displayName()).isEqualTo("j");
  }
}
