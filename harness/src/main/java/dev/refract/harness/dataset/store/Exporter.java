package dev.refract.harness.dataset.store;

import dev.refract.harness.dataset.Dataset;
import dev.refract.harness.dataset.DatasetException;
import dev.refract.harness.dataset.ImageFile;
import dev.refract.harness.dataset.Question;
import dev.refract.harness.dataset.Sample;
import dev.refract.harness.image.ImageFormat;
import dev.refract.reports.file.OutputFile;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/// Writes a dataset in formats that refract and other tools can read.
public final class Exporter {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Exporter() {}

  /// The file format of an export.
  public enum Format {
    /// `questions.jsonl`, `descriptions.jsonl` where there are any, and the images.
    JSONL,
    /// One file with one row per question and embedded images, as on the hub, and its manifest.
    PARQUET
  }

  /// @param dataset a dataset whose images have been read
  /// @return the folder that was written
  /// @throws DatasetException when the folder already exists and is not empty
  public static Path export(Dataset dataset, Format format, Path folder) throws IOException {
    Path target = folder.toAbsolutePath().normalize();
    Optional<Path> run = new OutputFile("--out", target).insideRun();
    if (run.isPresent()) {
      throw new DatasetException(
          "%s is inside of the run %s; choose another folder".formatted(target, run.get()));
    }
    if (Files.exists(target) && !isEmptyFolder(target)) {
      throw new DatasetException(target + " is not an empty folder; choose a new one");
    }
    // All or nothing: an interrupted export must not look like a dataset.
    Path half =
        target.resolveSibling(
            ".%s.%d.part".formatted(target.getFileName(), ProcessHandle.current().pid()));
    try {
      Files.createDirectories(Objects.requireNonNull(half.getParent()));
      Files.createDirectory(half);
    } catch (FileSystemException e) {
      throw new DatasetException("cannot write to %s: %s".formatted(target, e));
    }
    switch (format) {
      case JSONL -> jsonl(dataset, half);
      case PARQUET -> ParquetExport.write(dataset, half);
    }
    Files.deleteIfExists(target);
    Files.move(half, target);
    return folder;
  }

  private static boolean isEmptyFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (var files = Files.list(folder)) {
      return files.findAny().isEmpty();
    }
  }

  private static void jsonl(Dataset dataset, Path folder) throws IOException {
    Map<String, String> names = new HashMap<>();
    Map<String, String> descriptions = new LinkedHashMap<>();
    try (BufferedWriter lines = Files.newBufferedWriter(folder.resolve("questions.jsonl"))) {
      for (Sample sample : dataset.samples()) {
        List<String> images = new ArrayList<>();
        for (ImageFile image : sample.images()) {
          images.add(write(image, folder, names));
        }
        if (sample.description() != null) {
          descriptions.put(images.getFirst(), sample.description());
        }
        for (Question question : sample.questions()) {
          lines.write(JSON.writeValueAsString(row(sample, question, images)));
          lines.write('\n');
        }
      }
    }
    if (!descriptions.isEmpty()) {
      try (BufferedWriter lines = Files.newBufferedWriter(folder.resolve("descriptions.jsonl"))) {
        for (Map.Entry<String, String> entry : descriptions.entrySet()) {
          Map<String, Object> row = new LinkedHashMap<>();
          row.put("image", entry.getKey());
          row.put("description", entry.getValue());
          lines.write(JSON.writeValueAsString(row));
          lines.write('\n');
        }
      }
    }
  }

  private static Map<String, Object> row(Sample sample, Question question, List<String> images) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("question_id", question.id());
    row.put(
        images.size() == 1 ? "image" : "images", images.size() == 1 ? images.getFirst() : images);
    row.put("category", sample.category());
    row.put("group", question.group());
    row.put("question", question.text());
    if (!question.choices().isEmpty()) {
      row.put("choices", question.choices());
    }
    row.put("answers", question.golds());
    row.put("metric", question.metric());
    if (!question.attributes().isEmpty()) {
      row.put("attributes", question.attributes());
    }
    return row;
  }

  /// Writes the image under its own name when that is a plain path that no other image has, else
  /// under its digest.
  private static String write(ImageFile image, Path folder, Map<String, String> names)
      throws IOException {
    byte[] bytes = image.bytes();
    String extension = ImageFormat.of(bytes).map(ImageFormat::extension).orElse("bin");
    String own = image.name();
    boolean plain =
        own.matches("[\\w-][\\w .-]*(/[\\w-][\\w .-]*)*\\.\\w{3,4}")
            && image.identity().equals(names.computeIfAbsent(own, _ -> image.identity()));
    String name = plain ? own : "images/" + image.identity() + "." + extension;
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
    return name;
  }
}
