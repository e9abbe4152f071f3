package dev.refract.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.harness.dataset.Fixtures;
import dev.refract.harness.dataset.read.Duck;
import dev.refract.harness.fetch.LoopbackHub;
import dev.refract.harness.llm.FakeServer;
import dev.refract.harness.llm.FakeServer.Answer;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.RunFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The core suite from fetch to leaderboard, against a hub that serves small files of the eight
/// real shapes.
class CoreSuiteTest {

  private static final int ROWS = 25;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path folder;

  @Test
  void theCoreSuiteRunsFromFetchToLeaderboard() throws Exception {
    try (LoopbackHub hub = new LoopbackHub();
        FakeServer server = new FakeServer(request -> Answer.saying(reply(request.body())))) {
      shapes(hub);
      Path out = folder.resolve("runs");
      Object[] command = {
        "run",
        "--suite",
        "core",
        "--limit",
        "20",
        "--captioner",
        "openai:id=vlm,base_url=%s,model=m".formatted(server.baseUrl()),
        "--answerer",
        "openai:base_url=%s,model=a".formatted(server.baseUrl()),
        "--out",
        out
      };
      Refract.Result result = Refract.run(environment(hub), command);
      assertThat(result.err()).doesNotContain("rror");
      assertThat(result.exitCode()).isZero();
      RunFile run = RunFile.open(out.resolve("vlm"));
      assertThat(run.record().datasets())
          .extracting(d -> d.id() + " " + d.images() + " " + d.questions())
          .containsExactly(
              "chartqa 20 20",
              "chartqapro 20 20",
              "charxiv-reasoning 20 20",
              "charxiv-descriptive 20 80",
              "docvqa 20 40", // each page has two questions
              "infovqa 20 20",
              "ocrbench 20 20",
              "textvqa 20 20");
      Map<String, ItemResult> first =
          run.items().stream()
              .collect(Collectors.toMap(ItemResult::dataset, item -> item, (a, _) -> a));
      assertThat(first.values().stream().map(ItemResult::score))
          .as("every metric finds the right answer right")
          .allMatch(score -> score > 0.99);
      assertThat(first.get("chartqa"))
          .returns("human", ItemResult::group)
          .returns("relaxed_accuracy", ItemResult::metric);
      assertThat(first.get("chartqapro"))
          .returns(Map.of("year", "YES", "question_type", "Conversational"), ItemResult::attributes)
          .returns("A paragraph.\n\nQ: First?\nA: One\nWhat is it?", ItemResult::question);
      assertThat(Objects.requireNonNull(first.get("charxiv-descriptive")).question())
          .startsWith("For the subplot at row 1 and column 2, what is its title?");
      assertThat(Objects.requireNonNull(first.get("textvqa")).golds()).hasSize(10);
      // 25 rows of CharXiv are two benchmarks on the same images, which are captioned once.
      long captions =
          server.received().stream().filter(r -> r.body().contains("image_url")).count();
      assertThat(captions).isEqualTo(7 * 20);
      Path site = folder.resolve("site");
      assertThat(Refract.run("board", out, "--out", site).exitCode()).isZero();
      assertThat(Files.readString(site.resolve("index.html")))
          .contains("chartqa", "chartqapro", "charxiv-descriptive", "infovqa", "textvqa");
      assertThat(Files.walk(site.resolve("images")).map(f -> f.getFileName().toString()))
          .as("pictures that may be shown, small where they may only be so")
          .anyMatch(name -> name.endsWith(".small.png"))
          .hasSizeLessThan(2 * 20 + 3);
      int asked = server.received().size();
      int fetched = hub.requests().size();
      assertThat(Refract.run(environment(hub), command).exitCode()).isZero();
      assertThat(server.received()).hasSize(asked);
      assertThat(hub.requests()).hasSize(fetched);
    }
  }

  @Test
  void aSplitWithoutGoldEndsInASubmission() throws Exception {
    try (LoopbackHub hub = new LoopbackHub();
        FakeServer server = new FakeServer(request -> Answer.saying(reply(request.body())))) {
      shapes(hub);
      Path out = folder.resolve("runs");
      Refract.Result result =
          Refract.run(
              environment(hub),
              "run",
              "--dataset",
              "docvqa-test",
              "--captioner",
              "blind",
              "--answerer",
              "openai:base_url=%s,model=a".formatted(server.baseUrl()),
              "--out",
              out);
      assertThat(result.exitCode()).isZero();
      Path file = out.resolve("blind/submission-docvqa-test.json");
      assertThat(result.err()).contains("Submission: " + file);
      JsonNode answers = JSON.readTree(Files.readAllBytes(file));
      assertThat(answers.size()).isEqualTo(2);
      assertThat(answers.get(0).path("questionId").asInt()).isEqualTo(57_344);
      assertThat(answers.get(0).path("answer").asString("")).isEqualTo("right");
      assertThat(RunFile.open(out.resolve("blind")).summary().overall().ungraded()).isEqualTo(2);
      Path site = folder.resolve("site");
      assertThat(Refract.run("board", out, "--out", site).exitCode()).isZero();
    }
  }

  @Test
  void datasetsAreListedShownFetchedVerifiedLockedAndExported() throws Exception {
    try (LoopbackHub hub = new LoopbackHub()) {
      shapes(hub);
      Map<String, String> environment = environment(hub);
      JsonNode list = JSON.readTree(Refract.run(environment, "datasets", "list", "--json").out());
      assertThat(list.size()).isGreaterThanOrEqualTo(20);
      for (JsonNode row : list) {
        assertThat(row.path("id").asString("")).isNotEmpty();
        assertThat(row.path("category").asString("")).isNotEmpty();
        assertThat(row.path("metric").asString("")).isNotEmpty();
        assertThat(row.path("licence").asString("")).isNotEmpty();
        assertThat(row.has("questions")).isTrue();
      }
      assertThat(Refract.run(environment, "datasets", "show", "chartqa").out())
          .contains("not fetched")
          .contains("lmms-lab-encoder/ChartQA");
      assertThat(hub.requests()).isEmpty();
      assertThat(Refract.run(environment, "datasets", "verify", "chartqa").exitCode()).isEqualTo(6);
      Refract.Result fetched = Refract.run(environment, "datasets", "fetch", "chartqa", "docvqa");
      assertThat(fetched.exitCode()).isZero();
      assertThat(fetched.out()).contains("chartqa: fetched, 1 files").contains(" at ");
      assertThat(Refract.run(environment, "datasets", "show", "chartqa").out())
          .contains("group        augmented: 12")
          .contains("2500 questions expected, 25 found");
      assertThat(Refract.run(environment, "datasets", "verify", "chartqa").out())
          .contains("chartqa: verified");
      Path manifests = folder.resolve("manifests");
      assertThat(
              Refract.run(environment, "datasets", "lock", "chartqa", "--manifests", manifests)
                  .exitCode())
          .isZero();
      assertThat(manifests.resolve("chartqa.lock.json")).exists();
      Path exported = folder.resolve("exported");
      Refract.Result export =
          Refract.run(
              environment,
              "datasets",
              "export",
              "chartqa",
              "--out",
              exported,
              "--filter",
              "group=human",
              "--sample",
              "5");
      assertThat(export.out()).contains("5 images, 5 questions");
      assertThat(Refract.run("datasets", "show", exported).out())
          .contains("refract JSONL layout")
          .contains("group        human: 5");
      assertThat(Refract.run(environment, "datasets", "fetch", "chartqua").err())
          .contains("did you mean 'chartqa'?");
    }
  }

  private Map<String, String> environment(LoopbackHub hub) {
    return Map.of(
        "HF_ENDPOINT",
        hub.endpoint(),
        "HF_HOME",
        folder.resolve("hf").toString(),
        "REFRACT_CACHE",
        folder.resolve("cache").toString(),
        "REFRACT_MANIFESTS",
        folder.resolve("none").toString());
  }

  /// A caption for an image; the right answer for a question.
  private static String reply(String body) {
    return body.contains("image_url") ? "A picture." : "right";
  }

  private void shapes(LoopbackHub hub) throws Exception {
    try (Duck duck = new Duck()) {
      put(
          hub,
          duck,
          "lmms-lab-encoder/ChartQA",
          "data/test-00000-of-00001.parquet",
          "type varchar, question varchar, answer varchar, image struct(bytes blob, path varchar)",
          "(case when $n % 2 = 0 then 'human_test' else 'augmented_test' end, 'q' || $n, 'right',"
              + " {'bytes': ?::blob, 'path': null})",
          0);
      put(
          hub,
          duck,
          "ahmed-masry/ChartQAPro",
          "data/test-00000-of-00001.parquet",
          "\"Question\" varchar[], \"Answer\" varchar[], \"Question Type\" varchar, image blob,"
              + " \"Year\" varchar[], \"Paragraph\" varchar",
          "(['First?', 'What is it?'], ['One', 'Right.'], 'Conversational', ?::blob, ['YES'],"
              + " 'A paragraph.')",
          100);
      put(
          hub,
          duck,
          "princeton-nlp/CharXiv",
          "val.parquet",
          "image struct(bytes blob, path varchar), category varchar, figure_path varchar,"
              + " num_subplots integer, subplot_row integer, subplot_col integer, subplot_loc"
              + " varchar, descriptive_q1 integer, descriptive_q2 integer, descriptive_q3 integer,"
              + " descriptive_q4 integer, descriptive_a1 varchar, descriptive_a2 varchar,"
              + " descriptive_a3 varchar, descriptive_a4 varchar, reasoning_q varchar,"
              + " reasoning_q_source integer, reasoning_a varchar, reasoning_a_type integer",
          "({'bytes': ?::blob, 'path': null}, 'cs', 'images/' || $n || '.jpg', 2, 1, 2, null, 1,"
              + " 19, 4, 8, 'right', '2', '0', 'Not Applicable', 'why?', 1, 'Right', 3)",
          200);
      put(
          hub,
          duck,
          "lmms-lab-encoder/DocVQA",
          "DocVQA/validation-00000-of-00002.parquet",
          DOCVQA,
          "('a' || $n, 'q', ['form', 'layout'], {'bytes': ?::blob, 'path': 'p' || $n || '.png'},"
              + " $n, ['right', 'other'], 'val')",
          300);
      put(
          hub,
          duck,
          "lmms-lab-encoder/DocVQA",
          "DocVQA/validation-00001-of-00002.parquet",
          DOCVQA,
          "('b' || $n, 'q', ['form'], {'bytes': ?::blob, 'path': 'p' || $n || '.png'}, $n,"
              + " ['right'], 'val')",
          300);
      duck.run("create or replace table t(" + DOCVQA + ")");
      for (String id : List.of("57344", "57345")) {
        duck.insert(
            "insert into t values ('"
                + id
                + "', 'q', ['form'], {'bytes': ?::blob, 'path': 'x.png'},"
                + " 1, null, 'test')",
            Fixtures.png(999));
      }
      write(hub, duck, "lmms-lab-encoder/DocVQA", "DocVQA/test-00000-of-00001.parquet");
      put(
          hub,
          duck,
          "lmms-lab-encoder/DocVQA",
          "InfographicVQA/validation-00000-of-00001.parquet",
          "\"questionId\" varchar, question varchar, answers varchar[], answer_type varchar[],"
              + " image struct(bytes blob, path varchar), \"operation/reasoning\" varchar[], ocr"
              + " varchar",
          "('i' || $n, 'q', ['right'], ['single span'], {'bytes': ?::blob, 'path': null}, [],"
              + " repeat('o', 100000))",
          400);
      put(
          hub,
          duck,
          "echo840/OCRBench",
          "data/test-00000-of-00001.parquet",
          "dataset varchar, question varchar, question_type varchar, answer varchar[], image"
              + " struct(bytes blob, path varchar)",
          "('IIIT5K', 'q', 'Regular Text Recognition', ['Right'], {'bytes': ?::blob, 'path':"
              + " null})",
          500);
      put(
          hub,
          duck,
          "lmms-lab-encoder/textvqa",
          "data/validation-00000-of-00003.parquet",
          "image_id varchar, question_id integer, question varchar, image struct(bytes blob, path"
              + " varchar), answers varchar[], ocr_tokens varchar[]",
          "('i', $n, 'q', {'bytes': ?::blob, 'path': null}, list_value('right', 'right', 'right',"
              + " 'right', 'right', 'the right', 'right', 'Right', 'right', 'right'), [])",
          600);
    }
  }

  private static final String DOCVQA =
      "\"questionId\" varchar, question varchar, question_types varchar[], image struct(bytes blob,"
          + " path varchar), \"docId\" bigint, answers varchar[], data_split varchar";

  private void put(
      LoopbackHub hub,
      Duck duck,
      String repository,
      String path,
      String columns,
      String row,
      int firstPicture)
      throws Exception {
    duck.run("create or replace table t(" + columns + ")");
    for (int n = 0; n < ROWS; n++) {
      duck.insert(
          "insert into t values " + row.replace("$n", String.valueOf(n)),
          Fixtures.png(firstPicture + n));
    }
    write(hub, duck, repository, path);
  }

  private void write(LoopbackHub hub, Duck duck, String repository, String path)
      throws IOException, java.sql.SQLException {
    Path file = folder.resolve("t.parquet");
    duck.run("copy t to '" + file + "' (format parquet, row_group_size 2048)");
    hub.put(repository, path, Files.readAllBytes(file));
  }
}
