package dev.refract.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.harness.dataset.read.Duck;
import dev.refract.reports.file.Sha256;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rows as people write them, from the file to what is exported or scored.
class OddRowsTest {

  private static final String MANIFEST =
      """
      id: odd
      title: t
      category: chart
      paper: none
      homepage: https://example.org
      licence: CC-BY-4.0
      images: show
      metric: %s
      sources:
        - local: {files: [%s]}
          format: %s
          columns: {id: question_id, images: [image]%s, question: question, answers: answers}
      """;

  @TempDir private Path folder;

  @BeforeEach
  void images() throws IOException {
    Files.write(folder.resolve("a.png"), png(2));
    Files.createDirectories(folder.resolve("img"));
    Files.write(folder.resolve("img/a.png"), png(3));
  }

  @Test
  void attributesThatAreListsAndOptionsThatAreJsonKeepWhatTheySay() throws IOException {
    write(
        "questions.jsonl",
        """
        {"question_id":"1","image":"a.png","question":"?","answers":["2010"],"metric":"chartqapro","attributes":{"Year":["NO","YES"]}}
        {"question_id":"2","image":"a.png","question":"?","answers":["B"],"metric":"choice","choices":"[\\"yes\\", true, 1e5]"}
        {"question_id":"3","image":"a.png","question":"?","answers":["Chad","Mali"],"metric":"choice","choices":["Mali","Niger","Chad"]}
        {"question_id":"5","image":"a.png","question":"?","answers":["A"],"metric":"choice","choices":"['Mali', None, 'Chad']"}
        {"question_id":"4","image":"a.png","question":"?","answers":["x"],"metric":"anls","attributes":{"year":{"a":1}}}
        """);
    Refract.Result result =
        Refract.run(
            "datasets",
            "export",
            folder,
            "--on-bad-sample",
            "skip",
            "--out",
            folder.resolve("out"));
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out())
        .contains(
            "left out: 2", "questions.jsonl:4", "option B is empty", "questions.jsonl:5", "'year'");
    List<String> rows = Files.readAllLines(folder.resolve("out/questions.jsonl"));
    assertThat(rows.get(0)).contains("\"Year\":\"NO,YES\"");
    assertThat(rows.get(1)).contains("[\"yes\",\"true\",\"1e5\"]");
    assertThat(rows.get(2)).contains("\"answers\":[\"C\",\"A\"]");
  }

  @Test
  void listsFromWindowsAreRead() throws IOException {
    write(
        "questions.jsonl",
        "\ufeff{\"question_id\":\"1\",\"image\":\"img\\\\a.png\",\"question\":\"?\",\"answers\":[\"x\"],\"metric\":\"anls\"}\r\n");
    assertThat(exportedImage(folder)).isEqualTo(digest(3));
  }

  @Test
  void aParquetColumnWithSeveralFieldsGivesTheBytesAndNothingElse() throws Exception {
    Path file = folder.resolve("p.parquet");
    try (Duck duck = new Duck()) {
      duck.run(
          "create table t (question_id text, question text, answers text, image struct(annotated"
              + " blob, bytes blob, path text))");
      duck.insert(
          "insert into t values ('1', '?', 'x', {'annotated': ?, 'bytes': ?, 'path': 'a.png'})",
          png(4),
          png(5));
      duck.run("copy t to '" + file + "' (format parquet)");
    }
    assertThat(exportedImage(manifest("parquet", ""))).isEqualTo(digest(5));
  }

  @Test
  void parquetBytesMayBeWrittenInBase64BesideAPathOfAnotherImage() throws Exception {
    Path file = folder.resolve("p.parquet");
    try (Duck duck = new Duck()) {
      duck.run(
          "create table t (question_id text, question text, answers text, image struct(bytes text,"
              + " path text))");
      duck.insert(
          "insert into t values ('1', '?', 'x', {'bytes': ?, 'path': 'a.png'})",
          Base64.getEncoder().encodeToString(png(6)));
      duck.run("copy t to '" + file + "' (format parquet)");
    }
    assertThat(exportedImage(manifest("parquet", ""))).isEqualTo(digest(6));
  }

  @Test
  void parquetPathsHaveThePrefixOfTheManifest() throws Exception {
    Path file = folder.resolve("p.parquet");
    try (Duck duck = new Duck()) {
      duck.run(
          "copy (select '1' question_id, '?' question, 'x' answers, 'a.png' image) to '"
              + file
              + "' (format parquet)");
    }
    assertThat(exportedImage(manifest("parquet", ", image_prefix: img/"))).isEqualTo(digest(3));
  }

  private Path manifest(String format, String images) throws IOException {
    return Files.writeString(
        folder.resolve("odd.yaml"), MANIFEST.formatted("anls", "p.parquet", format, images));
  }

  /// The digest of the only image that an export of the dataset writes.
  private String exportedImage(Path dataset) throws IOException {
    Path out = folder.resolve("out");
    Refract.Result result = Refract.run("datasets", "export", dataset, "--out", out);
    assertThat(result.exitCode()).as(result.err()).isZero();
    try (var files = Files.walk(out)) {
      return Sha256.of(
          files.filter(file -> file.toString().endsWith(".png")).findFirst().orElseThrow());
    }
  }

  private void write(String name, String text) throws IOException {
    Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
  }

  private static String digest(int side) throws IOException {
    return Sha256.of(png(side));
  }

  private static byte[] png(int side) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(
        new BufferedImage(side * 16, side * 16, BufferedImage.TYPE_INT_RGB), "png", bytes);
    return bytes.toByteArray();
  }
}
