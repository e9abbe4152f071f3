package dev.refract.harness.dataset;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Gathers questions by their image, in the order in which images first appear, and refuses what
/// would go wrong later.
final class ImageRows {

  private final Path folder;
  private final Map<String, Row> rows = new LinkedHashMap<>();
  private final Set<String> ids = new HashSet<>();

  ImageRows(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  private record Row(Path file, String category, List<Question> questions) {}

  /// @param place where the question was read, for messages
  void add(String place, String image, String category, Question question) {
    if (!ids.add(question.id())) {
      throw new DatasetException(place + ": question id '" + question.id() + "' appears twice");
    }
    Path file = inside(place, image);
    String name = folder.relativize(file).toString(); // one name, however it was spelled
    Row row = rows.get(name);
    if (row == null) {
      row = new Row(file, category, new ArrayList<>());
      rows.put(name, row);
    }
    row.questions.add(question);
  }

  /// @param descriptions by image name, possibly empty
  List<Sample> samples(Map<String, String> descriptions) {
    List<Sample> samples = new ArrayList<>();
    rows.forEach((image, row) -> {
      @Nullable String description = descriptions.get(image);
      samples.add(new Sample(image, row.file, row.category, description, row.questions));
    });
    if (samples.isEmpty()) {
      throw new DatasetException(folder + ": holds no question");
    }
    return samples;
  }

  private Path inside(String place, String image) {
    Path file;
    try {
      file = folder.resolve(image).normalize();
    } catch (InvalidPathException e) {
      throw new DatasetException(place + ": image: no file can be named so: " + e.getReason());
    }
    if (!file.startsWith(folder)) {
      throw new DatasetException(place + ": image '" + image + "' lies outside of " + folder);
    }
    if (!Files.isRegularFile(file)) {
      throw new DatasetException(place + ": image '" + image + "' is missing: no file " + file);
    }
    return file;
  }
}
