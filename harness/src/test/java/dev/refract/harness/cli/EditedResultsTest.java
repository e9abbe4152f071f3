package dev.refract.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.harness.llm.FakeServer;
import dev.refract.harness.llm.FakeServer.Answer;
import dev.refract.reports.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Results that somebody changed are refused with exit code 6 and their file, and never with a
/// stack trace.
class EditedResultsTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path folder;
  private Path run;

  @BeforeEach
  void oneRun() throws IOException {
    Runs.imported(folder, "one", "yes", "no");
    run = folder.resolve("runs/one");
  }

  @Test
  void aSummaryThatIsSealedAgainByHandIsRefused() throws IOException {
    Path summary = run.resolve("summary.json");
    String before = Sha256.of(summary);
    Files.writeString(summary, Files.readString(summary).replace("0.5", "0.9"));
    Path record = run.resolve("run.json");
    Files.writeString(record, Files.readString(record).replace(before, Sha256.of(summary)));
    Refract.Result result = Refract.run("board", run, "--out", folder.resolve("site"));
    assertThat(result.exitCode()).isEqualTo(6);
    assertThat(result.err()).contains("run.json", "seal.record");
  }

  @Test
  void aNullInAnyFieldIsRefusedWithItsFile() throws IOException {
    for (String name : List.of("run.json", "summary.json")) {
      Path file = run.resolve(name);
      String original = Files.readString(file);
      List<String> places = new ArrayList<>();
      collect(JSON.readTree(original), "", places);
      assertThat(places).hasSizeGreaterThan(20);
      for (String place : places) {
        JsonNode tree = JSON.readTree(original);
        put(tree, place);
        Files.writeString(file, tree.toPrettyString());
        for (String command : List.of("compare", "verify")) {
          Refract.Result result =
              command.equals("compare")
                  ? Refract.run("compare", run, run)
                  : Refract.run("verify", run);
          assertThat(result.exitCode()).as(name + place + ": " + result.err()).isIn(2, 6);
          assertThat(result.err() + result.out()).as(place).contains(name).doesNotContain("\tat ");
        }
      }
      Files.writeString(file, "null");
      assertThat(Refract.run("verify", run).exitCode()).isEqualTo(6);
      Files.writeString(file, original);
    }
  }

  /// The paths of all values that are not null.
  private static void collect(JsonNode node, String place, List<String> places) {
    if (node instanceof ObjectNode object) {
      for (String name : object.propertyNames()) {
        if (!object.get(name).isNull()) {
          places.add(place + "/" + name);
          collect(object.get(name), place + "/" + name, places);
        }
      }
    } else if (node instanceof ArrayNode array && !array.isEmpty()) {
      places.add(place + "/0");
      collect(array.get(0), place + "/0", places);
    }
  }

  private static void put(JsonNode tree, String place) {
    int slash = place.lastIndexOf('/');
    String last = place.substring(slash + 1);
    switch (tree.at(place.substring(0, slash))) {
      case ObjectNode object -> object.putNull(last);
      case ArrayNode array -> array.setNull(0);
      default -> throw new AssertionError(place);
    }
  }

  @Test
  void baselinesThatAreNullAreRefused() throws IOException {
    Path store = folder.resolve("b.json");
    for (String content :
        List.of(
            "null",
            "{\"format\":1,\"baselines\":{\"a\":null}}",
            "{\"format\":1,\"baselines\":{\"a\":{\"run\":null,\"digest\":\"x\",\"captioner\":\"c\",\"accuracy\":1,\"created\":\"x\"}}}")) {
      Files.writeString(store, content);
      Refract.Result result = Refract.run("baseline", "show", "--store", store);
      assertThat(result.exitCode()).as(content + result.err()).isEqualTo(6);
      assertThat(result.err()).contains("b.json");
    }
  }

  @Test
  void aLoadReportThatWasEditedIsRefused() throws IOException {
    Path report = folder.resolve("load.json");
    try (FakeServer server = new FakeServer(_ -> Answer.saying("x"))) {
      Refract.run(
          "throughput",
          "--captioner",
          "openai:base_url=%s,model=m".formatted(server.baseUrl()),
          "--text",
          "--seconds",
          "0.2",
          "--warm-up",
          "0",
          "--out",
          report);
    }
    assertThat(board(report).exitCode()).isZero();
    Files.writeString(report, Files.readString(report).replace("INVALID", "VALID"));
    Refract.Result result = board(report);
    assertThat(result.exitCode()).isEqualTo(6);
    assertThat(result.err()).contains("load.json", "sha256");
  }

  private Refract.Result board(Path report) {
    return Refract.run("board", "--throughput", report, "--out", folder.resolve("loads"));
  }

  @Test
  void resultsWithoutTheirRecordAreMissedAndNotSkipped() throws IOException {
    Files.delete(run.resolve("run.json"));
    Refract.Result result = Refract.run("board", run, "--out", folder.resolve("site"));
    assertThat(result.exitCode()).isEqualTo(6);
    assertThat(result.err()).contains("run.json", "is missing");
  }

  @Test
  void aDatasetThatIsCalledLikeAColumnKeepsItsScore() throws IOException {
    Runs.imported(folder, folder.resolve("questions"), "two", "yes", "no");
    Path site = folder.resolve("site");
    assertThat(Refract.run("board", folder.resolve("runs/two"), "--out", site).exitCode()).isZero();
    List<String> table = Files.readAllLines(site.resolve("board.csv"));
    List<String> names = List.of(table.getFirst().split(",", -1));
    assertThat(names).contains("dataset questions", "questions").doesNotHaveDuplicates();
    assertThat(table.get(1).split(",", -1)[names.indexOf("dataset questions")]).isEqualTo("50.0");
  }
}
