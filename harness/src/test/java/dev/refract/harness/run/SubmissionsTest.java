package dev.refract.harness.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.reports.result.FailedStage;
import dev.refract.reports.result.FailureKind;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.Trial;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The files of answers for a server that keeps the golds.
class SubmissionsTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  @TempDir private Path folder;

  private static Trial trial(Outcome outcome) {
    return new Trial(0, 0, 0, 0, List.of(), List.of(), "p", "r", outcome, null);
  }

  private static ItemResult item(
      String dataset, String id, List<String> golds, Outcome... outcomes) {
    return new ItemResult(
        dataset,
        id,
        List.of(new ItemResult.Image("i.png", "sha")),
        "document",
        "g",
        "Why?",
        List.of(),
        golds,
        "anls",
        Map.of(),
        null,
        Stream.of(outcomes).map(SubmissionsTest::trial).toList());
  }

  private JsonNode written(String dataset, ItemResult... items) throws IOException {
    RunFile run = new RunFile(folder);
    Submissions.write(run, List.of(items));
    return JSON.readTree(Files.readString(run.submissionFile(dataset)));
  }

  @Test
  void eachSecretQuestionHasItsAnswerUnderItsNumber() throws IOException {
    assertThat(
            written(
                "docvqa",
                item("docvqa", "007", List.of(), new Outcome.Unscored("red")),
                item("docvqa", "q8", List.of(), new Outcome.Unscored("blue"))))
        .isEqualTo(
            JSON.readTree(
                """
                [{"questionId": 7, "answer": "red"}, {"questionId": "q8", "answer": "blue"}]
                """));
    assertThat(folder.resolve("submission-docvqa.json")).exists();
  }

  @Test
  void anIdOfEighteenDigitsIsANumberAndALongerOneAText() throws IOException {
    JsonNode list =
        written(
            "d",
            item("d", "9".repeat(18), List.of(), new Outcome.Unscored("a")),
            item("d", "9".repeat(19), List.of(), new Outcome.Unscored("b")),
            item("d", "-1", List.of(), new Outcome.Unscored("c")));
    assertThat(list.path(0).path("questionId").asLong()).isEqualTo(999_999_999_999_999_999L);
    assertThat(list.path(1).path("questionId").asString()).isEqualTo("9".repeat(19));
    assertThat(list.path(1).path("questionId").isString()).isTrue();
    assertThat(list.path(2).path("questionId").isString()).isTrue();
  }

  @Test
  void whatHasNoAnswerIsSubmittedAsAnEmptyOne() throws IOException {
    Outcome failed = new Outcome.Failed(FailedStage.ANSWER, FailureKind.TIMEOUT, "late");
    JsonNode list =
        written(
            "d",
            item("d", "1", List.of(), new Outcome.Unparsed("hm")),
            item("d", "2", List.of(), new Outcome.Abstained("no", 0)),
            item("d", "3", List.of(), failed));
    assertThat(list)
        .isEqualTo(
            JSON.readTree(
                """
                [{"questionId": 1, "answer": ""}, {"questionId": 2, "answer": ""},
                 {"questionId": 3, "answer": ""}]
                """));
  }

  @Test
  void ofSeveralTimesTheRepresentativeOneIsSubmitted() throws IOException {
    JsonNode list =
        written(
            "d",
            item("d", "1", List.of(), new Outcome.Unscored("red"), new Outcome.Unscored("blue")));
    assertThat(list.path(0).path("answer").asString()).isEqualTo("red");
  }

  @Test
  void eachDatasetHasItsFileAndThoseWithGoldsHaveNone() throws IOException {
    Submissions.write(
        new RunFile(folder),
        List.of(
            item("a", "1", List.of(), new Outcome.Unscored("red")),
            item("b", "2", List.of(), new Outcome.Unscored("blue")),
            item("a", "3", List.of("x"), new Outcome.Scored(1, "x")),
            item("c", "4", List.of("x"), new Outcome.Scored(1, "x"))));
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("submission-a.json", "submission-b.json");
    }
    assertThat(JSON.readTree(Files.readString(folder.resolve("submission-a.json"))).size()).isOne();
  }
}
