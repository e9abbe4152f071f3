package dev.refract.harness.dataset.store;

import dev.refract.harness.dataset.Dataset;
import dev.refract.harness.dataset.ImageFile;
import dev.refract.harness.dataset.Question;
import dev.refract.harness.dataset.Sample;
import dev.refract.harness.dataset.store.ParquetColumn.Shape;
import dev.refract.manifest.DatasetManifest.Category;
import dev.refract.manifest.MetricName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/// Writes a dataset as one Parquet file with one row per question, and a manifest to read it.
final class ParquetExport {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ParquetExport() {}

  static void write(Dataset dataset, Path folder) throws IOException {
    String id = dataset.id().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]", "-");
    String name = id.matches("[a-z0-9].*") ? id : "x" + id;
    ParquetFile.Schema schema =
        new ParquetFile.Schema()
            .text("question_id", Shape.ONE)
            .images("images")
            .text("category", Shape.ONE)
            .text("description", Shape.MAYBE)
            .text("group", Shape.ONE)
            .text("question", Shape.ONE)
            .text("choices", Shape.LIST)
            .text("answers", Shape.LIST)
            .text("metric", Shape.ONE)
            .text("attributes", Shape.ONE);
    try (ParquetFile file = new ParquetFile(folder.resolve(name + ".parquet"), schema)) {
      for (Sample sample : dataset.samples()) {
        List<byte[]> images = new ArrayList<>();
        for (ImageFile image : sample.images()) {
          images.add(image.bytes());
        }
        for (Question question : sample.questions()) {
          file.row(row(sample, images, question));
        }
      }
      file.finish();
    }
    Files.writeString(folder.resolve(name + ".yaml"), manifest(dataset, name));
  }

  private static List<List<byte[]>> row(Sample sample, List<byte[]> images, Question question) {
    return List.of(
        texts(question.id()),
        images,
        sample.images().stream().map(ImageFile::name).map(ParquetExport::utf8).toList(),
        texts(sample.category()),
        sample.description() == null ? List.of() : texts(sample.description()),
        texts(question.group()),
        texts(question.text()),
        question.choices().stream().map(ParquetExport::utf8).toList(),
        question.golds().stream().map(ParquetExport::utf8).toList(),
        texts(question.metric()),
        texts(JSON.writeValueAsString(question.attributes())));
  }

  private static List<byte[]> texts(String text) {
    return List.of(utf8(text));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String manifest(Dataset dataset, String name) {
    Question first = dataset.samples().getFirst().questions().getFirst();
    String category = dataset.samples().getFirst().category();
    boolean known = Stream.of(Category.values()).anyMatch(c -> c.toString().equals(category));
    boolean metric =
        Stream.of(MetricName.values()).anyMatch(m -> m.toString().equals(first.metric()));
    Map<String, Object> source =
        Map.of(
            "local",
            Map.of("files", List.of(name + ".parquet")),
            "format",
            "parquet",
            "columns",
            Map.of(
                "id", "question_id",
                "images", List.of("images"),
                "question", "question",
                "answers", "answers",
                "choices", List.of("choices"),
                "group", "group",
                "category", "category",
                "description", "description",
                "metric", "metric"));
    // JSON is valid YAML, and its quoting handles any title.
    return """
    id: %s
    title: %s
    category: %s
    paper: unknown
    homepage: unknown
    licence: %s
    images: %s
    metric: %s
    gold: %s
    sources: [%s]
    """
        .formatted(
            name,
            JSON.writeValueAsString(dataset.title()),
            known ? category : Category.GENERAL,
            JSON.writeValueAsString(
                dataset.origin().licence() == null ? "unknown" : dataset.origin().licence()),
            dataset.origin().images().name().toLowerCase(Locale.ROOT),
            metric ? first.metric() : MetricName.EXACT_MATCH,
            !first.golds().isEmpty(),
            JSON.writeValueAsString(source));
  }
}
