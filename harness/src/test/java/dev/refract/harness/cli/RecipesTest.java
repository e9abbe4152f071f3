package dev.refract.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// Runs the recipes of `docs/ci.md` unchanged in a real shell, with the environment variables that
/// each CI service sets.
class RecipesTest {

  private static final Path DOC = Path.of("..", "docs", "ci.md");

  @TempDir private Path folder;

  @BeforeEach
  void checkout() throws IOException {
    write(
        "refract",
        """
        #!/bin/sh
        exec '%s' -cp '%s' %s "$@"
        """
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                Main.class.getName()));
    assertThat(folder.resolve("refract").toFile().setExecutable(true)).isTrue();
    write("gate.yaml", "defaults: {margin: 5}\ninconclusive: pass\n");
    imported("baseline", 0);
    imported("candidate", 3);
    Refract.Result set =
        Refract.run(
            "baseline",
            "set",
            "main",
            folder.resolve("runs/baseline"),
            "--store",
            folder.resolve("refract-baselines.json"));
    assertThat(set.exitCode()).as(set.err()).isZero();
  }

  @Test
  void gitHub() throws Exception {
    JsonNode job = yaml("## GitHub Actions").path("jobs").path("gate");
    assertThat(job.path("steps").findValuesAsString("run")).hasSize(3);
    String command = command(job.path("steps").findValuesAsString("run"));
    Path summary = folder.resolve("summary.md");
    String out =
        shell(command, Map.of("GITHUB_SHA", "abc", "GITHUB_STEP_SUMMARY", summary.toString()), 0);
    assertThat(out).contains("candidate against baseline: pass");
    assertThat(summary).content().startsWith("<!-- refract-gate -->");
    assertThat(folder.resolve(".refract/attempts.jsonl")).content().contains("abc");
    isXml("gate.xml");
    assertThat(folder.resolve("gate.md")).content().contains("| data | **pass** |");
  }

  @Test
  void gitLab() throws Exception {
    JsonNode job = yaml("## GitLab CI").path("gate");
    List<String> script = new ArrayList<>();
    job.path("script").forEach(line -> script.add(line.asString()));
    shell(command(script), Map.of("CI_COMMIT_SHA", "def"), 0);
    isXml(job.path("artifacts").path("reports").path("junit").asString());
    for (JsonNode path : job.path("artifacts").path("paths")) {
      assertThat(folder.resolve(path.asString())).exists();
    }
    imported("candidate", 1); // a candidate that is much worse
    write("gate.yaml", "defaults: {margin: 1}\n");
    shell(command(script), Map.of("CI_COMMIT_SHA", "def"), 3);
  }

  @Test
  void jenkins() throws Exception {
    List<String> commands = new ArrayList<>();
    Matcher step = Pattern.compile("sh '([^']*)'").matcher(block("## Jenkins"));
    while (step.find()) {
      commands.add(step.group(1));
    }
    shell(command(commands), Map.of("GIT_COMMIT", "abc"), 0);
    isXml("gate.xml");
    JsonNode json =
        JsonMapper.builder().build().readTree(Files.readString(folder.resolve("gate.json")));
    assertThat(json.path("passes").asBoolean(false)).isTrue();
  }

  @Test
  void theDocumentedPolicyIsValid() throws IOException {
    Files.writeString(folder.resolve("gate.yaml"), block("## The gate"));
    Refract.Result result =
        Refract.run(
            Map.of(),
            "gate",
            "--policy",
            folder.resolve("gate.yaml"),
            "--baseline",
            folder.resolve("runs/baseline"),
            "--candidate",
            folder.resolve("runs/candidate"));
    assertThat(result.err()).doesNotContain("gate.yaml:");
    assertThat(result.out()).contains("infovqa: refused, the policy names it");
  }

  private static String command(List<String> commands) {
    return commands.stream().filter(c -> c.startsWith("./refract gate")).findFirst().orElseThrow();
  }

  private static JsonNode yaml(String heading) throws IOException {
    return YAMLMapper.builder().build().readTree(block(heading));
  }

  /// The first code block below a heading.
  private static String block(String heading) throws IOException {
    String below = Files.readString(DOC).split(Pattern.quote("\n" + heading + "\n"), 2)[1];
    Matcher block = Pattern.compile("```\\w*\\n(.*?)```", Pattern.DOTALL).matcher(below);
    assertThat(block.find()).isTrue();
    return block.group(1);
  }

  private String shell(String command, Map<String, String> environment, int code)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-ec", command)
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder
        .environment()
        .keySet()
        .removeIf(key -> key.startsWith("GITHUB_") || key.startsWith("CI"));
    builder.environment().remove("GIT_COMMIT");
    builder.environment().putAll(environment);
    File log = folder.resolve("log.txt").toFile();
    int found = builder.redirectOutput(log).start().waitFor();
    String out = Files.readString(log.toPath());
    assertThat(found).as(out).isEqualTo(code);
    return out;
  }

  private void isXml(String name) throws Exception {
    String root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(folder.resolve(name).toFile())
            .getDocumentElement()
            .getTagName();
    assertThat(root).isEqualTo("testsuite");
  }

  /// 300 questions on 100 images.
  ///
  /// @param wrongEvery how rare added mistakes are, from 1, which adds the most; 0 for none
  private void imported(String name, int wrongEvery) throws IOException {
    StringBuilder questions = new StringBuilder();
    StringBuilder answers = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      boolean right = i % 10 < 7 && !(wrongEvery > 0 && i % (wrongEvery * 40) == 0);
      boolean lost = wrongEvery == 1 && i % 4 == 0;
      questions.append(
          "{\"question_id\":\"%d\",\"image_id\":\"%d\",\"question\":\"q %d\",\"gold\":[\"x\"]}\n"
              .formatted(i, i % 100, i));
      answers.append(
          "{\"question_id\":\"%d\",\"answer\":\"%s\"}\n".formatted(i, right && !lost ? "x" : "y"));
    }
    Path run = folder.resolve("runs").resolve(name);
    if (Files.exists(run)) {
      for (File file : java.util.Objects.requireNonNull(run.toFile().listFiles())) {
        Files.delete(file.toPath());
      }
    }
    Refract.Result result =
        Refract.run(
            "import",
            "--questions",
            write("data/q.jsonl", questions.toString()),
            "--answers",
            write("a.jsonl", answers.toString()),
            "--captioner",
            name,
            "--answerer",
            "llm",
            "--out",
            run);
    assertThat(result.exitCode()).as(result.err()).isZero();
  }

  private Path write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }
}
