package dev.refract.harness.dataset;

import dev.refract.harness.dataset.DatasetJson.Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// refract's own layout: `questions.jsonl` and, for the `reference` control, `descriptions.jsonl`.
///
/// A question is `{"question_id", "image", "question", "answers", "metric"}` with optional
/// `choices`, `category` and `kind`; a description is `{"image", "description"}`. Image paths are
/// relative to the folder.
public record JsonlReader() implements DatasetReader {

  @Override
  public String layout() {
    return "refract JSONL";
  }

  @Override
  public String expected() {
    return "questions.jsonl";
  }

  @Override
  public boolean recognises(Path folder) {
    return Files.isRegularFile(folder.resolve("questions.jsonl"));
  }

  @Override
  public List<Sample> read(Path folder) {
    ImageRows rows = new ImageRows(folder);
    for (Entry entry : DatasetJson.lines(folder.resolve("questions.jsonl"))) {
      Question question =
          new Question(
              entry.text("question_id"),
              entry.textOr("kind", "question"),
              entry.text("question"),
              entry.textsOrNone("choices"),
              entry.texts("answers"),
              entry.text("metric"));
      rows.add(entry.place(), entry.text("image"), entry.textOr("category", "image"), question);
    }
    Map<String, String> descriptions = new HashMap<>();
    Path file = folder.resolve("descriptions.jsonl");
    if (Files.isRegularFile(file)) {
      for (Entry entry : DatasetJson.lines(file)) {
        descriptions.put(entry.text("image"), entry.text("description"));
      }
    }
    return rows.samples(descriptions);
  }
}
