package dev.refract.harness.dataset.read;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refract.harness.dataset.Dataset.BadRow;
import dev.refract.harness.dataset.DatasetException;
import dev.refract.harness.dataset.Fixtures;
import dev.refract.harness.dataset.Sample;
import dev.refract.manifest.Columns;
import dev.refract.manifest.DatasetSource.Format;
import dev.refract.manifest.MetricName;
import dev.refract.manifest.StrictYaml;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostileDataTest {

  private static final String TSV =
      "{id: index, images: [image], question: question, answers: answer}";

  @TempDir private Path folder;

  @Test
  void aTableWithEveryKindOfBadRowGivesTheGoodOnesAndAListOfTheOthers() throws IOException {
    String good = base64(Fixtures.png(1));
    String truncated = base64(Arrays.copyOf(Fixtures.png(2), Fixtures.png(2).length - 20));
    String text = base64("x".repeat(100).getBytes(StandardCharsets.US_ASCII));
    String empty = "";
    Path file =
        tsv(
            "a\t" + good + "\tq\tx",
            "b\t" + truncated + "\tq\tx",
            "c\t" + text + "\tq\tx",
            "d\t" + empty + "\tq\tx",
            "e\t" + good.replace('A', '*') + "\tq\tx",
            "f\tnowhere\tq\tx",
            "a\t" + good + "\tanother\tx",
            "g\t" + good + "\t\tx",
            "h\t" + good + "\tq",
            "i\ta\tq\tx",
            "j\t" + base64(bomb(20_000, 20_000)) + "\tq\tx",
            "k\t" + base64(onePixel()) + "\tq\tx");
    Reading.Result result = read(file, Format.TSV, TSV);
    assertThat(result.rows()).isEqualTo(12);
    assertThat(result.samples().stream().flatMap(s -> s.questions().stream()).map(q -> q.id()))
        .containsExactly("a", "i", "k");
    assertThat(result.samples().stream().map(Sample::name)).containsExactly("a", "k");
    assertThat(result.bad().stream().map(BadRow::toString))
        .containsExactly(
            file
                + ":3: image: truncated PNG: a chunk is cut, in %d bytes"
                    .formatted(Fixtures.png(2).length - 20),
            file
                + ":4: image: not an image: expected PNG, JPEG, GIF, WebP, BMP or TIFF, found bytes"
                + " that begin with 78 78 78 78 78 78 78 78",
            file + ":5: the row has no image",
            file + ":6: image: not base64: Illegal base64 character 2a",
            file + ":8: question id 'a' appears twice",
            file + ":9: field 'question': expected text, found \"\"",
            file + ":10: expected 4 cells, found 3",
            file + ":12: image: 20000 x 20000 pixels are more than the limit of 100000000",
            file + ":7: image: expected base64 or the id of a row with an image, found 'nowhere'");
  }

  @Test
  void aCellOfFiftyMegabytesIsRead() throws IOException {
    byte[] large = Arrays.copyOf(Fixtures.png(1), 38 << 20); // what follows its end does not matter
    Reading.Result result = read(tsv("a\t" + base64(large) + "\tq\tx"), Format.TSV, TSV);
    assertThat(result.bad()).isEmpty();
    assertThat(result.samples().getFirst().images().getFirst().file()).hasSize(38 << 20);
  }

  @Test
  void brokenFilesAreReportedWithNameAndLine() throws IOException {
    assertThatThrownBy(() -> read(write(""), Format.TSV, TSV)).hasMessageContaining("is empty");
    assertThatThrownBy(() -> read(write("index\timage\nx\ty\n"), Format.TSV, TSV))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("file:1: columns [question, answer] are missing; found")
        .hasMessageContaining("[index, image]");
    assertThatThrownBy(() -> read(write("index\tindex\n"), Format.TSV, TSV))
        .hasMessageContaining("column 'index' appears twice");
    Path latin = folder.resolve("latin");
    Files.write(
        latin,
        "index\timage\tquestion\tanswer\na\tb\tcaf\u00e9\tx\n"
            .getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> read(latin, Format.TSV, TSV)).hasMessageContaining("not UTF-8");
    assertThatThrownBy(() -> read(write("[{\"image\": 1}"), Format.JSON, TSV))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("file:1: not JSON");
    assertThatThrownBy(() -> read(write("{\"rows\": []}"), Format.JSON, TSV))
        .hasMessageContaining("expected a list, or an object with a list 'data'");
    assertThatThrownBy(() -> read(write("[] []"), Format.JSON, TSV))
        .hasMessageContaining("unexpected content after its list");
    assertThat(read(write("[1]"), Format.JSON, TSV).bad().getFirst().toString())
        .endsWith("file:1: entry 1: expected an object, found 1");
    assertThat(read(write("{\n"), Format.JSONL, TSV).bad().getFirst().toString())
        .contains("file:1: not JSON");
    assertThatThrownBy(
            () -> read(write("index\timage\tquestion\tanswer\n1\tb\t\"open\tx\n"), Format.TSV, TSV))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("quot");
    assertThatThrownBy(() -> read(write("PAR1 and no more"), Format.PARQUET, TSV))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("not a readable Parquet file");
    assertThatThrownBy(() -> read(write(""), Format.PARQUET, TSV))
        .isInstanceOf(DatasetException.class);
    assertThatThrownBy(() -> read(write(""), Format.CAPRL, TSV)).hasMessageContaining("is empty");
  }

  @Test
  void aTruncatedParquetFileIsReportedAndMissingColumnsAreNamed() throws Exception {
    Path whole = folder.resolve("whole.parquet");
    try (Duck duck = new Duck()) {
      duck.run("create table t(index varchar, image blob, question varchar, answer varchar)");
      for (int i = 0; i < 50; i++) {
        duck.insert("insert into t values (?, ?, 'q', 'x')", "r" + i, Fixtures.png(i));
      }
      duck.run("copy t to '" + whole + "' (format parquet)");
    }
    assertThat(read(whole, Format.PARQUET, TSV).samples()).hasSize(50); // plain bytes, no struct
    Path cut = folder.resolve("cut.parquet");
    byte[] bytes = Files.readAllBytes(whole);
    Files.write(cut, Arrays.copyOf(bytes, bytes.length - 100));
    assertThatThrownBy(() -> read(cut, Format.PARQUET, TSV))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("cut.parquet");
    byte[] wrong = bytes.clone();
    Arrays.fill(wrong, 200, 2000, (byte) 7);
    Path damaged = Files.write(folder.resolve("damaged.parquet"), wrong);
    assertThatThrownBy(() -> read(damaged, Format.PARQUET, TSV))
        .isInstanceOf(DatasetException.class)
        .hasMessageContaining("damaged.parquet");
    assertThatThrownBy(() ->
            read(
                whole,
                Format.PARQUET,
                "{id: index, images: [picture], question: question, answers: gold}"))
        .hasMessageContaining("columns [gold, picture] are missing")
        .hasMessageContaining("[index, image, question, answer]");
  }

  @Test
  void listsOfImagesEmptyOnesAndPathsAreRead() throws Exception {
    Path file = folder.resolve("lists.parquet");
    try (Duck duck = new Duck()) {
      duck.run(
          "create table t(id varchar, images struct(bytes blob, path varchar)[], q varchar, a"
              + " varchar)");
      duck.insert(
          "insert into t values ('two', [{'bytes': ?::blob, 'path': 'x.png'}, {'bytes': ?::blob,"
              + " 'path': null}], 'q', 'x')",
          Fixtures.png(1),
          Fixtures.png(2));
      duck.run("insert into t values ('none', [], 'q', 'x'), ('null', null, 'q', 'x')");
      duck.insert(
          "insert into t values ('one', [{'bytes': ?::blob, 'path': null}], 'q', 'x')",
          Fixtures.png(3));
      duck.run("copy t to '" + file + "' (format parquet)");
    }
    Reading.Result result =
        read(file, Format.PARQUET, "{id: id, images: [images], question: q, answers: a}");
    assertThat(result.samples().stream().map(Sample::name)).containsExactly("x.png + two-2", "one");
    assertThat(result.bad().stream().map(BadRow::problem))
        .containsExactly("the row has no image", "the row has no image");
    for (Sample sample : result.samples()) {
      assertThat(sample.images()).allMatch(image -> Files.exists(image.file()));
    }
    assertThat(result.samples().getLast().images().getFirst().bytes()).isEqualTo(Fixtures.png(3));
  }

  @Test
  void aPathOutsideTheFolderIsBad() throws IOException {
    Files.writeString(folder.resolve("secret"), "x");
    Path data = Files.createDirectories(folder.resolve("data"));
    for (String name : List.of("../secret", "/etc/passwd", "a\\u0000b", "x/../../secret")) {
      Files.writeString(
          data.resolve("questions.jsonl"),
          "{\"question_id\":\"1\",\"image\":\"%s\",\"question\":\"q\",\"answers\":[\"x\"],\"metric\":\"anls\"}"
              .formatted(name));
      Reading.Result result = Layout.JSONL.recognise(data).orElseThrow().read();
      assertThat(result.samples()).as(name).isEmpty();
      assertThat(result.bad().getFirst().problem()).containsAnyOf("is outside of", "invalid path");
    }
  }

  /// The second row is bad, so no question gets its image.
  @Test
  void aRowWithADuplicateIdDoesNotReplaceAnImage() throws IOException {
    Path file =
        tsv(
            "1\t" + base64(Fixtures.png(1)) + "\tq\tx",
            "1\t" + base64(Fixtures.png(2)) + "\tq\tx",
            "2\t1\tq\tx");
    Reading.Result result = read(file, Format.TSV, TSV);
    assertThat(result.samples()).hasSize(1);
    assertThat(result.samples().getFirst().questions()).hasSize(2);
    assertThat(result.bad()).hasSize(1);
  }

  @Test
  void anArchiveNeverReturnsAnImageOtherThanTheNamedOne() throws Exception {
    Path zip = folder.resolve("images.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (String name : List.of("train/1.png", "test/1.png")) {
        out.putNextEntry(new ZipEntry(name));
        out.write(Fixtures.png(name.length()));
      }
    }
    Path file =
        write(
            "{\"id\": \"1\", \"image\": \"val/1.png\", \"q\": \"q\", \"a\": \"x\"}\n"
                + "{\"id\": \"2\", \"image\": \"1.png\", \"q\": \"q\", \"a\": \"x\"}\n"
                + "{\"id\": \"3\", \"image\": \"test/1.png\", \"q\": \"q\", \"a\": \"x\"}\n");
    try (ImageRoot.Archive archive = new ImageRoot.Archive(zip, false)) {
      Reading.Result result =
          read(file, Format.JSONL, "{id: id, images: [image], question: q, answers: a}", archive);
      assertThat(result.samples()).hasSize(1);
      assertThat(result.bad().stream().map(BadRow::problem))
          .containsExactly(
              "image 'val/1.png' is missing in images.zip",
              "image '1.png' is ambiguous: train/1.png or test/1.png in the archive");
    }
  }

  @Test
  void anArchiveThatUnpacksToGigabytesIsCutOff() throws Exception {
    Path zip = folder.resolve("images.zip");
    byte[] zeros = new byte[1 << 20];
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("a.png"));
      for (int i = 0; i < 70; i++) {
        out.write(zeros);
      }
    }
    assertThat(Files.size(zip)).isLessThan(100_000);
    assertThat(problemOf(zip)).isEqualTo("image 'a.png' in images.zip unpacks to more than 64 MB");
  }

  @Test
  void theLengthThatAnArchiveDeclaresIsNotBelieved() throws Exception {
    Path zip = folder.resolve("images.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("a.png"));
      out.write(Fixtures.png(1));
    }
    byte[] bytes = Files.readAllBytes(zip);
    int directory = new String(bytes, ISO_8859_1).indexOf("PK\001\002");
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(directory + 24, 10);
    Files.write(zip, bytes);
    assertThat(problemOf(zip)).contains("image 'a.png' in images.zip").contains("declares 10");
  }

  /// Of the only row, which names the image `a.png` of an archive.
  private String problemOf(Path zip) throws Exception {
    Path file = write("{\"id\": \"1\", \"image\": \"a.png\", \"q\": \"q\", \"a\": \"x\"}\n");
    try (ImageRoot.Archive archive = new ImageRoot.Archive(zip, false)) {
      Reading.Result result =
          read(file, Format.JSONL, "{id: id, images: [image], question: q, answers: a}", archive);
      return result.bad().getFirst().problem();
    }
  }

  /// An archive is read in place, so an entry with `..` in its path is harmless.
  @Test
  void archiveEntriesThatPointOutsideWriteNothing() throws Exception {
    Path zip = folder.resolve("images.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      for (String name : List.of("../../climbed.png", "top/images/a.png")) {
        out.putNextEntry(new ZipEntry(name));
        out.write(Fixtures.png(1));
      }
    }
    Path file =
        write(
            "{\"id\": \"1\", \"image\": \"images/a.png\", \"q\": \"q\", \"a\": \"x\"}\n"
                + "{\"id\": \"2\", \"image\": \"../../climbed.png\", \"q\": \"q\", \"a\": \"x\"}\n"
                + "{\"id\": \"3\", \"image\": \"b.png\", \"q\": \"q\", \"a\": \"x\"}\n");
    try (ImageRoot.Archive archive = new ImageRoot.Archive(zip, false)) {
      Reading.Result result =
          read(file, Format.JSONL, "{id: id, images: [image], question: q, answers: a}", archive);
      assertThat(result.samples()).hasSize(1); // one image under two names
      assertThat(result.samples().getFirst().questions()).hasSize(2);
      assertThat(result.bad().getFirst().problem()).contains("'b.png' is missing in images.zip");
    }
    assertThat(folder.resolveSibling("climbed.png")).doesNotExist();
  }

  @Test
  void aPromptWithoutAnImageIsRejectedAndNeverAskedBlind() throws IOException {
    Path file = write("[{\"image\": \"a.png\", \"prompt\": \"Which is it?\", \"answer\": \"x\"}]");
    Reading.Result result =
        read(file, Format.CAPRL, "{images: [image], question: prompt, answers: answer}");
    assertThat(result.bad().getFirst().problem())
        .contains("expected Qwen's template with an image before the question");
  }

  private Path tsv(String... rows) throws IOException {
    return write("index\timage\tquestion\tanswer\n" + String.join("\n", rows) + "\n");
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("file"), text);
  }

  private Reading.Result read(Path file, Format format, String columns) {
    return read(file, format, columns, new ImageRoot.Folder(folder, true));
  }

  private Reading.Result read(Path file, Format format, String columns, ImageRoot root) {
    Columns parsed =
        StrictYaml.read(columns.getBytes(StandardCharsets.UTF_8), "columns", Columns.class);
    return new Reading(
            List.of(new Reading.Part(file, format, parsed, "", null)),
            root,
            new ImageStore(folder.resolve("vault")),
            "chart",
            MetricName.ANLS,
            true,
            Map.of())
        .read();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static byte[] onePixel() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB), "png", bytes);
    return bytes.toByteArray();
  }

  /// A PNG of a few bytes that declares this size.
  private static byte[] bomb(int width, int height) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
    chunk(
        bytes,
        "IHDR",
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put(new byte[] {8, 2, 0, 0, 0})
            .array());
    chunk(bytes, "IDAT", new byte[] {0x78, (byte) 0x9c, 3, 0, 0, 0, 0, 1});
    chunk(bytes, "IEND", new byte[0]);
    return bytes.toByteArray();
  }

  private static void chunk(OutputStream out, String type, byte[] data) throws IOException {
    byte[] name = type.getBytes(StandardCharsets.US_ASCII);
    CRC32 crc = new CRC32();
    crc.update(name);
    crc.update(data);
    out.write(ByteBuffer.allocate(4).putInt(data.length).array());
    out.write(name);
    out.write(data);
    out.write(ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
  }
}
