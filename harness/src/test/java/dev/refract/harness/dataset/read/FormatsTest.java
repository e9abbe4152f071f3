package dev.refract.harness.dataset.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.harness.dataset.Fixtures;
import dev.refract.harness.dataset.ImageFile;
import dev.refract.harness.dataset.Question;
import dev.refract.harness.dataset.Sample;
import dev.refract.manifest.Columns;
import dev.refract.manifest.DatasetSource.Format;
import dev.refract.manifest.MetricName;
import dev.refract.manifest.StrictYaml;
import dev.refract.reports.file.Sha256;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// The same 500 samples written in each format are read back as the same samples.
class FormatsTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final int SAMPLES = 500;

  @TempDir private Path folder;
  private List<Sample> wanted = List.of();

  @BeforeEach
  void draw() throws IOException {
    List<Sample> samples = new ArrayList<>();
    Files.createDirectories(folder.resolve("png"));
    for (int i = 0; i < SAMPLES; i++) {
      String name = "png/%03d.png".formatted(i);
      byte[] bytes = Fixtures.png(i);
      Path file = Files.write(folder.resolve(name), bytes);
      List<Question> questions = new ArrayList<>();
      for (int q = 0; q <= i % 3; q++) {
        questions.add(
            new Question(
                "human-" + i + "-" + q,
                "human",
                "What \"is\" it,\nand\thow\\ many? Ünï " + i + " " + q,
                List.of(),
                q == 1 ? List.of("it's " + i, "two, of them") : List.of("answer\t" + i),
                "relaxed_accuracy"));
      }
      samples.add(
          new Sample(
              List.of(new ImageFile(name, file, Sha256.of(bytes))), "chart", null, questions));
    }
    wanted = samples;
  }

  @Test
  void asPlainJsonLines() throws Exception {
    try (BufferedWriter out = Files.newBufferedWriter(folder.resolve("questions.jsonl"))) {
      for (Sample sample : wanted) {
        for (Question question : sample.questions()) {
          Map<String, Object> row = new LinkedHashMap<>();
          row.put("question_id", question.id());
          row.put("image", sample.name());
          row.put("category", "chart");
          row.put("group", "human");
          row.put("question", question.text());
          row.put("answers", question.golds());
          row.put("metric", "relaxed_accuracy");
          out.write(JSON.writeValueAsString(row) + "\n");
        }
      }
    }
    assertSame(Layout.JSONL.recognise(folder).orElseThrow().read());
  }

  @Test
  void asTheOriginalChartQa() throws Exception {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Sample sample : wanted) {
      for (Question question : sample.questions()) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("imgname", sample.name().replace("png/", ""));
        row.put("query", question.text());
        row.put("label", question.golds());
        rows.add(row);
      }
    }
    Files.write(folder.resolve("test_human.json"), JSON.writeValueAsBytes(rows));
    // Its rows have no ids: they are numbered.
    List<Sample> numbered = new ArrayList<>();
    int number = 0;
    for (Sample sample : wanted) {
      List<Question> questions = new ArrayList<>();
      for (Question q : sample.questions()) {
        number++;
        questions.add(
            new Question(
                "human-" + number, q.group(), q.text(), q.choices(), q.golds(), q.metric()));
      }
      numbered.add(sample.with(questions));
    }
    Reading.Result result = Layout.CHARTQA.recognise(folder).orElseThrow().read();
    assertThat(result.bad()).isEmpty();
    assertThat(contents(result.samples())).isEqualTo(contents(numbered));
  }

  @Test
  void asTheJsonOfDocVqa() throws Exception {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Sample sample : wanted) {
      for (Question question : sample.questions()) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("questionId", question.id());
        row.put("question", question.text());
        row.put("image", sample.name());
        row.put("answers", question.golds());
        row.put("group", "human");
        row.put("metric", "relaxed_accuracy");
        row.put("category", "chart");
        rows.add(row);
      }
    }
    Map<String, Object> whole = new LinkedHashMap<>();
    whole.put("dataset_name", Map.of("nested", List.of(1, 2)));
    whole.put("data", rows);
    Files.write(folder.resolve("val_v1.0.json"), JSON.writeValueAsBytes(whole));
    assertSame(Layout.DOCVQA.recognise(folder).orElseThrow().read());
  }

  @Test
  void asATableBesideItsImages() throws Exception {
    StringBuilder table = new StringBuilder("image,id,question,answer,group,category,metric\n");
    for (Sample sample : wanted) {
      for (Question q : sample.questions()) {
        table.append(
            "%s,%s,%s,%s,human,chart,relaxed_accuracy\n"
                .formatted(sample.name(), q.id(), quoted(q.text()), quoted(python(q.golds()))));
      }
    }
    Path file = Files.writeString(folder.resolve("questions.csv"), table);
    assertSame(
        read(
            List.of(file),
            Format.CSV,
            """
            id: id
            images: [image]
            question: question
            answers: answer
            answer_form: list
            group: group
            category: category
            """,
            folder));
  }

  /// Each image is written once; other rows refer to its row by id, one of them before that row.
  @Test
  void asTheTsvOfVlmEvalKit() throws Exception {
    Path file = folder.resolve("x.tsv");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("index\timage\timage_path\tquestion\tanswer\tsplit\n");
      for (Sample sample : wanted) {
        String base64 =
            Base64.getEncoder()
                .encodeToString(Files.readAllBytes(sample.images().getFirst().file()));
        String first = sample.questions().getFirst().id();
        for (Question q : sample.questions()) {
          out.write(
              String.join(
                      "\t",
                      q.id(),
                      q.id().equals(first) ? base64 : first,
                      sample.name(),
                      quoted(q.text()),
                      quoted(python(q.golds())),
                      "human")
                  + "\n");
        }
      }
    }
    assertSame(
        read(
            List.of(file),
            Format.TSV,
            """
            id: index
            images: [image]
            question: question
            answers: answer
            answer_form: list
            group: split
            """,
            folder));
  }

  @Test
  void asCapRlsListAndLines() throws Exception {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Sample sample : wanted) {
      for (Question q : sample.questions()) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("id", q.id());
        Object image = sample.name();
        if (rows.size() % 2 == 0) {
          image =
              List.of(
                  Map.of(
                      "role",
                      "user",
                      "content",
                      List.of(
                          Map.of("type", "image", "image", "/their/disk/" + sample.name()),
                          Map.of("type", "text", "text", "Describe"))));
        }
        row.put("image", image);
        row.put(
            "prompt",
            "<|im_start|>user\n<|vision_start|><|image_pad|><|vision_end|>"
                + q.text()
                + "<|im_end|>\n<|im_start|>assistant\n");
        row.put("answer", q.golds());
        row.put("kind", "human");
        rows.add(row);
      }
    }
    Path list = folder.resolve("lmm_eval_x.json");
    Files.write(list, JSON.writeValueAsBytes(rows));
    Path lines = folder.resolve("lmm_eval_x.jsonl");
    Files.write(lines, rows.stream().map(JSON::writeValueAsString).toList());
    for (Path file : List.of(list, lines)) {
      assertSame(
          read(
              List.of(file),
              Format.CAPRL,
              "{id: id, images: [image], question: prompt, answers: answer, group: kind}",
              folder));
    }
  }

  /// DuckDB writes the samples to two files with several row groups.
  @ParameterizedTest
  @ValueSource(strings = {"zstd", "snappy", "uncompressed", "gzip", "lz4_raw", "brotli"})
  void asParquet(String compression) throws Exception {
    List<Path> files = new ArrayList<>();
    try (Duck duck = new Duck()) {
      duck.run(
          "create table t(n integer, id varchar, image struct(bytes blob, path varchar),"
              + " question varchar, answers varchar[], kind varchar)");
      int n = 0;
      for (Sample sample : wanted) {
        for (Question q : sample.questions()) {
          duck.insert(
              "insert into t values (?, ?, {'bytes': ?::blob, 'path': ?}, ?, ?, 'human')",
              n++,
              q.id(),
              Files.readAllBytes(sample.images().getFirst().file()),
              sample.name(),
              q.text(),
              duck.list(q.golds()));
        }
      }
      assertThat(duck.number("select count(*) from t")).isEqualTo(n);
      for (int part = 0; part < 2; part++) {
        Path file = folder.resolve("test-0000" + part + ".parquet");
        duck.run(
            ("copy (select * from t where n %s 450 order by n) to '%s'"
                    + " (format parquet, compression %s, row_group_size 128)")
                .formatted(part == 0 ? "<" : ">=", file, compression));
        files.add(file);
      }
    }
    assertSame(
        read(
            files,
            Format.PARQUET,
            "{id: id, images: [image], question: question, answers: answers, group: kind}",
            folder));
  }

  private Reading.Result read(List<Path> files, Format format, String columns, Path root) {
    Columns parsed =
        StrictYaml.read(columns.getBytes(StandardCharsets.UTF_8), "columns", Columns.class);
    return new Reading(
            files.stream().map(f -> new Reading.Part(f, format, parsed, "", null)).toList(),
            new ImageRoot.Folder(root, true),
            new ImageStore(folder.resolve("vault")),
            "chart",
            MetricName.RELAXED_ACCURACY,
            true,
            Map.of())
        .read();
  }

  private void assertSame(Reading.Result result) throws IOException {
    assertThat(result.bad()).isEmpty();
    assertThat(contents(result.samples())).isEqualTo(contents(wanted));
  }

  /// The samples with the digests of their images instead of the file paths.
  private static List<Sample> contents(List<Sample> samples) throws IOException {
    List<Sample> contents = new ArrayList<>();
    for (Sample sample : samples) {
      List<ImageFile> images = new ArrayList<>();
      for (ImageFile image : sample.images()) {
        String sha256 = Sha256.of(image.bytes());
        images.add(new ImageFile(image.name(), Path.of(sha256), sha256));
      }
      contents.add(new Sample(images, sample.category(), sample.description(), sample.questions()));
    }
    return contents;
  }

  private static String quoted(String cell) {
    return "\"" + cell.replace("\"", "\"\"") + "\"";
  }

  /// A list of texts formatted like Python's `repr`.
  private static String python(List<String> texts) {
    return "["
        + String.join(
            ", ",
            texts.stream()
                .map(t -> t.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n"))
                .map(t -> t.contains("'") ? "\"" + t + "\"" : "'" + t + "'")
                .toList())
        + "]";
  }
}
