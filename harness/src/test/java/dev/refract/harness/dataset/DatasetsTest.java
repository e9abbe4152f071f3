package dev.refract.harness.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.refract.harness.Shared;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetsTest {

  @TempDir private Path folder;

  @Test
  void theBundledSuiteIsKnownByItsId() throws Exception {
    Dataset mini = Fixtures.open("mini");
    assertThat(mini.samples()).hasSize(60).allMatch(s -> s.description() != null);
    assertThat(mini.questions()).isEqualTo(240);
    assertThat(Selection.first(3).of(mini).questions()).isEqualTo(12);
  }

  @Test
  void theOriginalLayoutOfChartQaIsRecognised() throws Exception {
    Path charts = Shared.folder().resolve("real-charts");
    assumeThat(charts).as("real charts").exists();
    Dataset dataset = Fixtures.open(charts.toString());
    assertThat(dataset.origin().layout()).isEqualTo("ChartQA");
    assertThat(dataset.samples()).hasSize(12);
    assertThat(dataset.questions()).isEqualTo(39);
    assertThat(dataset.samples().getFirst().questions().getFirst())
        .returns("relaxed_accuracy", Question::metric)
        .returns(List.of("20"), Question::golds);
  }

  @Test
  void theJsonOfDocVqaIsRecognised() throws Exception {
    Path documents = Shared.folder().resolve("real-documents");
    assumeThat(documents).as("real documents").exists();
    Dataset dataset = Fixtures.open(documents.toString());
    assertThat(dataset.origin().layout()).isEqualTo("DocVQA");
    assertThat(dataset.samples()).hasSize(3);
    assertThat(dataset.questions()).isEqualTo(19);
  }

  @Test
  void anUnknownFolderLayoutIsRejectedWithAListOfKnownOnes() {
    assertThatThrownBy(() -> Fixtures.open(folder.toString()))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("questions.jsonl")
        .hasMessageContaining("test_human.json")
        .hasMessageContaining("val*.json");
  }

  @Test
  void anUnknownNameIsRejectedWithAHint() {
    assertThatThrownBy(() -> Fixtures.open("minni"))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("'minni'")
        .hasMessageContaining("mini");
  }

  @Test
  void aQuestionWithoutItsImageIsReportedWithItsLine() throws Exception {
    questions(row("1", "a.png"));
    assertThatThrownBy(() -> Fixtures.open(folder.toString()))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("questions.jsonl:1")
        .hasMessageContaining("a.png");
  }

  @Test
  void anImageOutsideOfTheFolderIsRefused() throws Exception {
    Files.writeString(folder.resolve("secret"), "x");
    questions(row("1", "../secret"));
    assertThatThrownBy(() -> Fixtures.open(folder.toString()))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("is outside of");
  }

  @Test
  void theFolderMayBeADot() throws Exception {
    Path here = Path.of("").toAbsolutePath().relativize(folder.toAbsolutePath());
    Files.write(folder.resolve("a.png"), Fixtures.png(1));
    questions(row("1", "a.png"), row("2", "./a.png"));
    assertThat(Fixtures.open(here + "/.").samples()).hasSize(1);
  }

  @Test
  void anIdGivenTwiceIsRefused() throws Exception {
    Files.write(folder.resolve("a.png"), Fixtures.png(1));
    questions(row("1", "a.png"), row("1", "a.png"));
    assertThatThrownBy(() -> Fixtures.open(folder.toString()))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("questions.jsonl:2")
        .hasMessageContaining("twice");
  }

  @Test
  void aMissingFieldIsReportedWithNameAndLine() throws Exception {
    questions(
        "{\"question_id\":\"1\",\"image\":\"a.png\",\"answers\":[\"x\"],\"metric\":\"anls\"}");
    assertThatThrownBy(() -> Fixtures.open(folder.toString()))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("questions.jsonl:1: field 'question': expected text, found nothing");
  }

  @Test
  void brokenJsonIsReportedWithItsLine() throws Exception {
    questions(row("1", "a.png").replace("}", ""));
    assertThatThrownBy(() -> Fixtures.open(folder.toString()))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("questions.jsonl:1: not JSON");
  }

  /// Skipped samples are counted and listed in the order of the data.
  @Test
  void badSamplesAreSkippedOnRequest() throws Exception {
    Files.write(folder.resolve("a.png"), Fixtures.png(1));
    for (String name : List.of("b.png", "c.png", "d.png")) {
      Files.writeString(folder.resolve(name), "no image");
    }
    questions(
        row("1", "b.png"),
        row("2", "a.png"),
        row("3", "gone.png"),
        row("4", "c.png"),
        row("5", "d.png"));
    Dataset whole =
        new dev.refract.harness.dataset.store.Datasets(
                dev.refract.manifest.DatasetCatalog.load(null),
                Fixtures.store(folder, java.util.Map.of()),
                null)
            .open(folder.toString(), dev.refract.harness.dataset.store.DatasetStore.Request.USUAL);
    Dataset left = whole.identified(Dataset.OnBad.SKIP);
    assertThat(left.samples()).hasSize(1);
    assertThat(left.bad().stream().map(bad -> bad.place().replaceFirst(".*/", "")))
        .containsExactly("questions.jsonl:3", "b.png", "c.png", "d.png");
    assertThatThrownBy(() -> whole.identified(Dataset.OnBad.FAIL))
        .hasMessageContaining("4 bad samples")
        .hasMessageContaining("--on-bad-sample skip");
  }

  @Test
  void aDatasetWithoutAQuestionIsRefused() throws Exception {
    questions();
    assertThatThrownBy(() -> Fixtures.open(folder.toString()))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("no question");
  }

  private void questions(String... rows) throws Exception {
    Files.write(folder.resolve("questions.jsonl"), List.of(rows));
  }

  private static String row(String id, String image) {
    return "{\"question_id\":\"%s\",\"image\":\"%s\",\"question\":\"q\",\"answers\":[\"x\"],\"metric\":\"anls\"}"
        .formatted(id, image);
  }
}
