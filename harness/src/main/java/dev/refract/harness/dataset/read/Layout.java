package dev.refract.harness.dataset.read;

import dev.refract.harness.dataset.DatasetException;
import dev.refract.harness.dataset.read.Reading.Part;
import dev.refract.manifest.Columns;
import dev.refract.manifest.Columns.AnswerForm;
import dev.refract.manifest.DatasetSource.Format;
import dev.refract.manifest.MetricName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The folder layouts that can be read without a manifest, recognised by the file names in them.
public enum Layout {

  /// `questions.jsonl`, its images, and `descriptions.jsonl` for the `reference` control.
  JSONL("refract JSONL", "questions.jsonl") {
    @Override
    public Optional<Reading> recognise(Path folder) {
      Path file = folder.resolve("questions.jsonl");
      return Files.isRegularFile(file)
          ? Optional.of(
              reading(
                  folder,
                  List.of(new Part(file, Format.JSONL, Columns.INTERCHANGE, "", null)),
                  "image",
                  null,
                  descriptions(folder)))
          : Optional.empty();
    }
  },

  /// The original release of ChartQA (Masry et al. 2022).
  CHARTQA("ChartQA", "png/ with test_human.json or test_augmented.json") {
    @Override
    public Optional<Reading> recognise(Path folder) {
      Columns columns =
          Layout.columns(null, List.of("imgname"), "png/", "query", "label", null, List.of());
      List<Part> parts =
          Stream.of("human", "augmented")
              .map(half ->
                  new Part(
                      folder.resolve("test_" + half + ".json"),
                      Format.JSON,
                      columns,
                      half + "-",
                      half))
              .filter(part -> Files.isRegularFile(part.file()))
              .toList();
      return Files.isDirectory(folder.resolve("png")) && !parts.isEmpty()
          ? Optional.of(reading(folder, parts, "chart", MetricName.RELAXED_ACCURACY, Map.of()))
          : Optional.empty();
    }
  },

  /// JSON of DocVQA and InfographicVQA, in the same folder as the images.
  DOCVQA("DocVQA", "val*.json with a list 'data'") {
    @Override
    public Optional<Reading> recognise(Path folder) {
      Columns columns =
          Layout.columns(
              "questionId", List.of("image"), null, "question", "answers", null, List.of());
      return first(folder, "(?i)val.*\\.json")
          .map(file ->
              reading(
                  folder,
                  List.of(new Part(file, Format.JSON, columns, "", null)),
                  "document",
                  MetricName.ANLS,
                  Map.of()));
    }
  },

  /// A table of questions in the same folder as its images.
  CSV("images with CSV", "one *.csv with columns image, question, answer, metric") {
    @Override
    public Optional<Reading> recognise(Path folder) {
      Columns columns =
          Layout.columns(
              null,
              List.of("image"),
              null,
              "question",
              "answer",
              AnswerForm.LIST,
              List.of("A", "B", "C", "D", "E", "F", "G", "H", "I", "J"));
      return first(folder, "(?i).*\\.csv")
          .map(file ->
              reading(
                  folder,
                  List.of(new Part(file, Format.CSV, columns, "", null)),
                  "image",
                  null,
                  Map.of()));
    }
  };

  private final String title;
  private final String expected;

  Layout(String title, String expected) {
    this.title = title;
    this.expected = expected;
  }

  /// Its name in messages and in `run.json`.
  public String title() {
    return title;
  }

  /// Files that identify this layout, for the message when no layout matches.
  public String expected() {
    return expected;
  }

  /// How to read the folder, if it looks like this layout; checks file names, not contents.
  public abstract Optional<Reading> recognise(Path folder);

  private static Reading reading(
      Path folder,
      List<Part> parts,
      String category,
      @Nullable MetricName metric,
      Map<String, String> descriptions) {
    return new Reading(
        parts, new ImageRoot.Folder(folder, false), null, category, metric, true, descriptions);
  }

  private static Columns columns(
      @Nullable String id,
      List<String> images,
      @Nullable String imagePrefix,
      String question,
      String answers,
      @Nullable AnswerForm form,
      List<String> choices) {
    return new Columns(
        id,
        new Columns.ImageColumns(images, imagePrefix),
        new Columns.QuestionColumns(question, null, answers, form, choices, null),
        "group",
        null,
        "category",
        "description",
        "metric",
        null,
        null,
        null);
  }

  private static Map<String, String> descriptions(Path folder) {
    Map<String, String> descriptions = new HashMap<>();
    Path file = folder.resolve("descriptions.jsonl");
    if (Files.isRegularFile(file)) {
      try {
        JsonRows.lines(file, new Descriptions(descriptions));
      } catch (IOException e) {
        throw new DatasetException(file + ": cannot be read: " + e);
      }
    }
    return descriptions;
  }

  /// Collects the lines of `descriptions.jsonl`.
  private record Descriptions(Map<String, String> byImage) implements JsonRows.Each {

    @Override
    public void row(String place, long number, JsonNode node) {
      Fields fields = new Fields(node);
      try {
        byImage.put(fields.text("image"), fields.text("description"));
      } catch (BadRowException e) {
        bad(place, String.valueOf(e.getMessage()));
      }
    }

    @Override
    public void bad(String place, String problem) {
      throw new DatasetException(place + ": " + problem);
    }
  }

  private static Optional<Path> first(Path folder, String name) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> f.getFileName().toString().matches(name))
          .filter(Files::isRegularFile)
          .sorted()
          .findFirst();
    } catch (IOException e) {
      throw new DatasetException(folder + ": cannot be listed: " + e);
    }
  }
}
