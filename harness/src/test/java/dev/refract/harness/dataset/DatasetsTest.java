package dev.refract.harness.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.refract.harness.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatasetsTest {

  @TempDir private Path folder;

  @Test
  void theBundledSuiteIsKnownByItsId() {
    Dataset mini = Datasets.open("mini");
    assertThat(mini.samples()).hasSize(60).allMatch(s -> s.description() != null);
    assertThat(mini.questions()).isEqualTo(240);
    assertThat(mini.limited(3).questions()).isEqualTo(12);
  }

  @Test
  void theOriginalLayoutOfChartQaIsRecognised() {
    Path charts = Shared.folder().resolve("real-charts");
    assumeThat(charts).as("real charts").exists();
    Dataset dataset = Datasets.open(charts.toString());
    assertThat(dataset.layout()).isEqualTo("ChartQA");
    assertThat(dataset.samples()).hasSize(12);
    assertThat(dataset.questions()).isEqualTo(39);
    assertThat(dataset.samples().getFirst().questions().getFirst())
        .returns("relaxed_accuracy", Question::metric)
        .returns(List.of("20"), Question::golds);
  }

  @Test
  void theJsonOfDocVqaIsRecognised() {
    Path documents = Shared.folder().resolve("real-documents");
    assumeThat(documents).as("real documents").exists();
    Dataset dataset = Datasets.open(documents.toString());
    assertThat(dataset.layout()).isEqualTo("DocVQA");
    assertThat(dataset.samples()).hasSize(3);
    assertThat(dataset.questions()).isEqualTo(19);
  }

  @Test
  void aFolderOfNoKnownLayoutIsToldWhatIsKnown() {
    assertThatThrownBy(() -> Datasets.open(folder.toString()))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("questions.jsonl")
        .hasMessageContaining("test_human.json")
        .hasMessageContaining("val*.json");
  }

  @Test
  void aNameThatIsNothingIsToldWhatThereIs() {
    assertThatThrownBy(() -> Datasets.open("minni"))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("'minni'")
        .hasMessageContaining("mini");
  }

  @Test
  void aQuestionWithoutItsImageIsToldByLine() throws IOException {
    questions(row("1", "a.png"));
    assertThatThrownBy(() -> Datasets.open(folder.toString()))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("questions.jsonl:1")
        .hasMessageContaining("a.png");
  }

  @Test
  void anImageOutsideOfTheFolderIsRefused() throws IOException {
    Files.writeString(folder.resolve("secret"), "x");
    questions(row("1", "../secret"));
    assertThatThrownBy(() -> Datasets.open(folder.toString()))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("lies outside");
  }

  @Test
  void theFolderMayBeNamedByADot() throws IOException {
    Path here = Path.of("").toAbsolutePath().relativize(folder.toAbsolutePath());
    Files.writeString(folder.resolve("a.png"), "x");
    questions(row("1", "a.png"), row("2", "./a.png"));
    assertThat(Datasets.open(here + "/.").samples()).hasSize(1);
  }

  @Test
  void anIdGivenTwiceIsRefused() throws IOException {
    Files.writeString(folder.resolve("a.png"), "x");
    questions(row("1", "a.png"), row("1", "a.png"));
    assertThatThrownBy(() -> Datasets.open(folder.toString()))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("questions.jsonl:2")
        .hasMessageContaining("twice");
  }

  @Test
  void aMissingFieldIsToldByNameAndLine() throws IOException {
    questions(
        "{\"question_id\":\"1\",\"image\":\"a.png\",\"answers\":[\"x\"],\"metric\":\"anls\"}");
    assertThatThrownBy(() -> Datasets.open(folder.toString()))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("questions.jsonl:1: field 'question': expected text, found nothing");
  }

  @Test
  void brokenJsonIsToldByLine() throws IOException {
    questions(row("1", "a.png").replace("}", ""));
    assertThatThrownBy(() -> Datasets.open(folder.toString()))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("questions.jsonl:1: not JSON");
  }

  @Test
  void aDatasetWithoutAQuestionIsRefused() throws IOException {
    questions();
    assertThatThrownBy(() -> Datasets.open(folder.toString()))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("no question");
  }

  private void questions(String... rows) throws IOException {
    Files.write(folder.resolve("questions.jsonl"), List.of(rows));
  }

  private static String row(String id, String image) {
    return "{\"question_id\":\"%s\",\"image\":\"%s\",\"question\":\"q\",\"answers\":[\"x\"],\"metric\":\"anls\"}"
        .formatted(id, image);
  }
}
