package dev.refract.harness.dataset;

import dev.refract.harness.dataset.DatasetJson.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// DocVQA's and InfographicVQA's JSON: `val.json` (or `val_v1.0.json` and the like) whose `data` is
/// a list of `{"questionId", "question", "image", "answers"}`, images beside it.
public record DocVqaJsonReader() implements DatasetReader {

  @Override
  public String layout() {
    return "DocVQA";
  }

  @Override
  public String expected() {
    return "val*.json with a list 'data'";
  }

  @Override
  public boolean recognises(Path folder) {
    return questions(folder).isPresent();
  }

  @Override
  public List<Sample> read(Path folder) {
    ImageRows rows = new ImageRows(folder);
    for (Entry entry : DatasetJson.array(questions(folder).orElseThrow(), "data")) {
      Question question =
          new Question(
              entry.text("questionId"),
              "question",
              entry.text("question"),
              List.of(),
              entry.texts("answers"),
              "anls");
      rows.add(entry.place(), entry.text("image"), "document", question);
    }
    return rows.samples(Map.of());
  }

  private static Optional<Path> questions(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(f -> f.getFileName().toString().matches("(?i)val.*\\.json"))
          .filter(Files::isRegularFile)
          .sorted()
          .findFirst();
    } catch (IOException e) {
      throw new DatasetException(folder + ": cannot be listed: " + e);
    }
  }
}
