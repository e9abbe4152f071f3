package dev.refract.harness.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.refract.harness.Shared;
import dev.refract.harness.dataset.Dataset;
import dev.refract.harness.dataset.Fixtures;
import dev.refract.harness.dataset.Question;
import dev.refract.harness.dataset.Sample;
import dev.refract.harness.dataset.store.Datasets;
import dev.refract.manifest.DatasetCatalog;
import dev.refract.manifest.MetricName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// A reply that is the gold scores 1, whatever the gold looks like: for every metric, in both
/// modes, for every order of options, and for every reader from file to score.
class OracleTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// Golds that a lenient parser might take apart.
  private static final List<String> GOLDS =
      List.of(
          "U.S.",
          "7:30 a.m.",
          "Acme Inc.",
          "2*3*4",
          "Unanswerable",
          "unanswerable.",
          "__init__",
          "\"Hello\"",
          "'Tis",
          "Answer: 42",
          "The answer is 42",
          "No.",
          "etc...",
          "`code`",
          "$5",
          "5 %",
          "(B)",
          "[1, 2]",
          "{x}",
          "# 7",
          "<b>",
          "007",
          "1e5",
          "-0.0",
          "1,000",
          "2010",
          "nan",
          "ΟΔΟΣ",
          "İstanbul",
          "答案是B",
          "です",
          "Option A");

  @TempDir private Path folder;

  private static double score(Scoring scoring, Question question, String category, String reply) {
    List<Integer> order = IntStream.range(0, question.choices().size()).boxed().toList();
    return scoring.score(question, category, order, reply).score();
  }

  @ParameterizedTest
  @EnumSource(
      value = MetricName.class,
      names = {
        "RELAXED_ACCURACY",
        "CHARTQAPRO",
        "ANLS",
        "CONTAINS",
        "VQA_SCORE",
        "EXACT_MATCH",
        "MMMU"
      })
  void everyGoldIsRightByEveryMetricOfTexts(MetricName metric) {
    for (String gold : GOLDS) {
      Question question = new Question("q", "g", "?", List.of(), List.of(gold), metric.toString());
      assertThat(score(Scoring.LENIENT, question, "chart", gold)).as(gold).isOne();
      assertThat(score(Scoring.LENIENT, question, "chart", "<think>no</think>\n" + gold))
          .as("thoughts, then " + gold)
          .isOne();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"choice", "mmmu", "mmmu_pro", "mathvista", "visulogic", "wemath"})
  void theLetterOfTheGoldIsRightInEveryOrderOfTheOptions(String metric) {
    List<String> options = List.of("Mali", "Niger", "Chad", "Benin");
    for (int gold = 0; gold < 4; gold++) {
      Question question =
          new Question(
              "q", "g", "?", options, List.of(String.valueOf((char) ('A' + gold))), metric);
      for (int shift = 0; shift < 4; shift++) {
        List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3));
        java.util.Collections.rotate(order, shift);
        String shown = String.valueOf((char) ('A' + order.indexOf(gold)));
        for (String reply : List.of(shown, options.get(gold), "The answer is " + shown + ".")) {
          assertThat(Scoring.LENIENT.score(question, "math", order, reply).score())
              .as("%s, gold %d, order %s, reply %s", metric, gold, order, reply)
              .isOne();
        }
      }
    }
  }

  @Test
  void theGoldIsRightByTheMetricsOfMathematics() {
    for (String gold : List.of("42", "1/2", "\\frac{1}{2}", "x+1", "B", "(1,2)", "75\\%", "|x|")) {
      for (String metric : List.of("math", "caprl")) {
        Question question = new Question("q", "g", "?", List.of(), List.of(gold), metric);
        assertThat(score(Scoring.LENIENT, question, "math", gold)).as(gold).isOne();
      }
    }
    for (String type : List.of("integer 3", "float 1.2", "list [0, 56]")) {
      String gold = type.substring(type.indexOf(' ') + 1);
      Question question =
          new Question(
              "q",
              "g",
              "?",
              List.of(),
              List.of(gold),
              "mathvista",
              Map.of("answer_type", type.split(" ")[0], "precision", "1.0"));
      assertThat(score(Scoring.LENIENT, question, "math", gold)).as(gold).isOne();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "csv", "tsv"})
  void everyGoldIsRightFromEveryReaderToTheScore(String format) throws Exception {
    Files.write(folder.resolve("a.png"), Fixtures.png(1));
    Path data =
        format.equals("jsonl") ? folder.resolve("questions.jsonl") : folder.resolve("q." + format);
    StringBuilder rows = new StringBuilder();
    String separator = format.equals("tsv") ? "\t" : ",";
    if (!format.equals("jsonl")) {
      rows.append(String.join(separator, "index", "image", "question", "answer", "metric"))
          .append('\n');
    }
    for (int i = 0; i < GOLDS.size(); i++) {
      String gold = GOLDS.get(i);
      if (format.equals("jsonl")) {
        rows.append(
                JSON.writeValueAsString(
                    new TreeMap<>(
                        Map.of(
                            "question_id",
                            "q" + i,
                            "image",
                            "a.png",
                            "question",
                            "?",
                            "answers",
                            List.of(gold),
                            "metric",
                            "anls"))))
            .append('\n');
      } else {
        String cell = "\"" + gold.replace("\"", "\"\"") + "\"";
        rows.append(String.join(separator, "q" + i, "a.png", "?", cell, "anls")).append('\n');
      }
    }
    Files.writeString(data, rows);
    Path manifest =
        Files.writeString(
            folder.resolve("oracle.yaml"),
            """
            id: oracle
            title: Oracle
            category: chart
            paper: none
            homepage: https://example.org
            licence: CC0-1.0
            images: show
            metric: anls
            sources:
              - local: {files: [%s]}
                format: %s
                columns: {id: %s}
            """
                .formatted(
                    data.getFileName(), format, format.equals("jsonl") ? "question_id" : "index"));
    assertOracle(read(manifest), GOLDS.size());
  }

  private Dataset read(Path manifest) throws Exception {
    return Fixtures.open(manifest.toString());
  }

  @Test
  void everyQuestionOfTheMiniSuiteAndOfRealChartsAndDocumentsIsRight() throws Exception {
    assertOracle(Datasets.mini(), 200);
    Path shared = Shared.folder();
    assumeThat(shared.resolve("real-charts")).as("real charts").exists();
    for (String set : List.of("real-charts", "real-documents")) {
      assertOracle(Fixtures.open(shared.resolve(set).toString()), 10);
    }
  }

  private static void assertOracle(Dataset dataset, int atLeast) {
    int questions = 0;
    for (Sample sample : dataset.samples()) {
      for (Question question : sample.questions()) {
        for (String gold : question.golds()) {
          assertThat(score(Scoring.LENIENT, question, sample.category(), gold))
              .as("%s %s: %s", dataset.id(), question.id(), gold)
              .isOne();
        }
        questions++;
      }
    }
    assertThat(questions).as(dataset.id()).isGreaterThanOrEqualTo(atLeast);
  }

  /// Every bundled benchmark names a metric that exists and states which script it reproduces.
  @Test
  void everyBenchmarkSaysWhoseScoreItIs() {
    assertThat(DatasetCatalog.load(null).all())
        .hasSize(33)
        .allSatisfy(
            entry -> assertThat(entry.manifest().scorer()).as(entry.manifest().id()).isNotNull());
  }
}
