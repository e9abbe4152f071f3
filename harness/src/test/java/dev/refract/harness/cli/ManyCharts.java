package dev.refract.harness.cli;

import dev.refract.harness.dataset.Fixtures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A dataset of as many images and questions as a test of faults needs.
final class ManyCharts {

  private ManyCharts() {}

  /// @param folder to create
  /// @param perImage questions on each image
  /// @param question its text; each question has its number and a question mark after it
  static Path write(Path folder, int images, int perImage, String question) throws IOException {
    Files.createDirectories(folder);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < images; i++) {
      Files.write(folder.resolve(i + ".png"), Fixtures.png(i));
      for (int q = 0; q < perImage; q++) {
        lines.append(
            "{\"question_id\":\"%d-%d\",\"image\":\"%d.png\",\"question\":\"%s %d?\",\"answers\":[\"7\"],\"metric\":\"anls\"}%n"
                .formatted(i, q, i, question, q));
      }
    }
    Files.writeString(folder.resolve("questions.jsonl"), lines);
    return folder;
  }
}
