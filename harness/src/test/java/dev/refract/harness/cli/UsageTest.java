package dev.refract.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.harness.dataset.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UsageTest {

  @TempDir private Path folder;

  @Test
  void helpShowsCommandsExamplesAndExitCodes() {
    Refract.Result result = Refract.run("--help");
    assertThat(result.exitCode()).isZero();
    assertThat(result.out())
        .contains("demo", "run", "board", "models", "Exit codes:", "run incomplete");
    assertThat(Refract.run("run", "--help").out())
        .contains("openai:base_url=", "Examples:")
        .satisfies(help -> assertThat(help.lines()).allMatch(line -> line.length() <= 80));
  }

  @Test
  void noCommandIsAMistakeThatShowsTheUsage() {
    Refract.Result result = Refract.run();
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("a command is missing", "Usage: refract");
  }

  @Test
  void aMistypedCommandIsAnsweredWithTheNearest() {
    Refract.Result result = Refract.run("bord");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("bord", "board");
  }

  @Test
  void anUnknownOptionIsNamed() {
    Refract.Result result = Refract.run("run", "--datset", "mini");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("--datset", "--dataset");
  }

  @Test
  void aRunWithoutADatasetIsRefusedWithWhatIsMissing() {
    Refract.Result result = Refract.run("run", "--captioner", "blind");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .contains("give --dataset or --suite, or 'datasets' in the configuration");
  }

  @Test
  void anUnknownDatasetIsMissingData() {
    Refract.Result result = run("--dataset", "nowhere", "--captioner", "blind");
    assertThat(result.exitCode()).isEqualTo(6);
    assertThat(result.err()).contains("'nowhere'");
  }

  @Test
  void anUnknownKindOfCaptionerIsAnsweredWithTheNearest() {
    Refract.Result result = run("--dataset", "mini", "--captioner", "opneai:model=x");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("'opneai' is unknown; did you mean 'openai'?");
  }

  @Test
  void aServerWithoutAnAddressIsRefused() {
    Refract.Result result = run("--dataset", "mini", "--captioner", "openai:model=x");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("base_url");
  }

  @Test
  void aMistypedSettingOfAServerIsAnsweredWithTheNearest() {
    Refract.Result result =
        run("--dataset", "mini", "--captioner", "openai:modle=x,base_url=http://127.0.0.1:9/v1");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("'modle' is unknown; did you mean 'model'?");
  }

  @Test
  void anInvalidAddressIsRefused() {
    Refract.Result result = run("--dataset", "mini", "--captioner", "openai:model=x,base_url=gpu1");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("base_url", "found 'gpu1'", "http://gpu1:8000/v1");
  }

  @Test
  void aKeyThatTheEnvironmentLacksIsNamed() {
    Refract.Result result =
        run(
            "--dataset",
            "mini",
            "--captioner",
            "openai:model=x,base_url=http://127.0.0.1:9/v1,api_key_env=REFRACT_TEST_NO_KEY");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("REFRACT_TEST_NO_KEY");
  }

  @Test
  void aRunThatCannotWorkIsRefusedBeforeAnyRequest() throws IOException {
    Path images = folder.resolve("data");
    Files.createDirectories(images);
    Files.write(images.resolve("a.png"), Fixtures.png(1));
    Files.writeString(
        images.resolve("questions.jsonl"),
        "{\"question_id\":\"1\",\"image\":\"a.png\",\"question\":\"q\",\"answers\":[\"x\"],\"metric\":\"anls\"}");
    Refract.Result result =
        run("--dataset", images, "--captioner", "blind", "--captioner", "reference");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("'data' has no description of a.png");
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  @Test
  void aQuestionThatCouldNeverBeScoredIsRefused() throws IOException {
    for (String wrong :
        new String[] {
          "\"choices\":[\"Mali\",\"Niger\"],\"answers\":[\"C\"],\"metric\":\"choice\"",
          "\"choices\":[\"Mali\",\"Niger\"],\"answers\":[\"A\"],\"metric\":\"anls\"",
          "\"answers\":[\"A\"],\"metric\":\"choice\"",
          "\"answers\":[\"A\"],\"metric\":\"relaxed\""
        }) {
      Path data = Files.createDirectories(folder.resolve("data"));
      Files.write(data.resolve("a.png"), Fixtures.png(1));
      Files.writeString(
          data.resolve("questions.jsonl"),
          "{\"question_id\":\"q7\",\"image\":\"a.png\",\"question\":\"q\"," + wrong + "}");
      Refract.Result result = run("--dataset", data, "--captioner", "blind");
      assertThat(result.exitCode()).as(wrong).isEqualTo(6);
      assertThat(result.err()).containsAnyOf("question 'q7'", "questions.jsonl:1: ");
    }
  }

  @Test
  void aSecretInAnAddressIsRefusedAndNotRepeated() {
    Refract.Result result =
        run(
            "--dataset",
            "mini",
            "--captioner",
            "openai:model=x,base_url=http://bob:hunter2@127.0.0.1:9/v1");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("api_key_env").doesNotContain("hunter2");
  }

  @Test
  void anInvalidPortAndAnInvalidTemperatureAreRefused() {
    assertThat(
            run("--dataset", "mini", "--captioner", "openai:model=x,base_url=http://a:99999/v1")
                .exitCode())
        .isEqualTo(2);
    Refract.Result result =
        run(
            "--dataset",
            "mini",
            "--captioner",
            "openai:model=x,base_url=http://a:9/v1,temperature=NaN");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("temperature");
  }

  @Test
  void twoCaptionersOfOneNameAreRefused() {
    Refract.Result result =
        run("--dataset", "mini", "--captioner", "blind", "--captioner", "blind");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("captioner 'blind' is named twice");
  }

  @Test
  void anIdThatWouldLeaveTheFolderIsRefused() {
    Refract.Result result = run("--dataset", "mini", "--captioner", "blind:id=../x");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("id '../x'");
  }

  @Test
  void aLimitOfZeroIsRefused() {
    Refract.Result result = run("--dataset", "mini", "--captioner", "blind", "--limit", "0");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("at least 1");
  }

  @Test
  void aMistakeInAConfigurationIsReportedWithItsLine() throws IOException {
    Path config = folder.resolve("eval.yaml");
    Files.writeString(config, "datasets: [mini]\ncaptionners:\n  - {ocr: {}}\n");
    Refract.Result result = Refract.run("run", config);
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("eval.yaml:2", "did you mean 'captioners'?");
  }

  @Test
  void anUnknownModelIsRefusedWithTheKnownOnes() {
    Refract.Result result = Refract.run("models", "fetch", "gpt-7");
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("'gpt-7'", "qwen2.5-coder-0.5b-instruct");
  }

  @Test
  void aBoardWithoutRunsIsRefused() {
    assertThat(Refract.run("board", folder.resolve("none")).exitCode()).isEqualTo(2);
    Refract.Result result = Refract.run("board", folder);
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("no run.json");
  }

  private Refract.Result run(Object... more) {
    Object[] args = new Object[more.length + 5];
    args[0] = "run";
    System.arraycopy(more, 0, args, 1, more.length);
    args[more.length + 1] = "--answerer";
    args[more.length + 2] = "openai:base_url=http://127.0.0.1:9/v1,model=none";
    args[more.length + 3] = "--out";
    args[more.length + 4] = folder.resolve("runs");
    return Refract.run(args);
  }
}
