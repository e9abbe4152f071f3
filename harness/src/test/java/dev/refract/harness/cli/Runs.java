package dev.refract.harness.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Small runs for tests of commands that read them.
final class Runs {

  private Runs() {}

  /// A run of two questions with these answers, below `runs`.
  static void imported(Path folder, String name, String first, String second) throws IOException {
    imported(folder, folder, name, first, second);
  }

  /// @param questions folder of the questions, after which the dataset is named
  static void imported(Path folder, Path questions, String name, String first, String second)
      throws IOException {
    Files.createDirectories(questions);
    Path asked = questions.resolve("q.jsonl");
    Files.writeString(
        asked,
        """
        {"question_id":"1","image_id":"a.png","question":"Is it?","gold":["Yes"],"kind":"yes_no"}
        {"question_id":"2","image_id":"b.png","question":"Is it?","gold":["Yes"],"kind":"yes_no"}
        """);
    Path answers = folder.resolve("a.jsonl");
    Files.writeString(
        answers,
        """
        {"question_id":"1","answer":"%s"}
        {"question_id":"2","answer":"%s"}
        """
            .formatted(first, second));
    Refract.Result result =
        Refract.run(
            "import",
            "--questions",
            asked,
            "--answers",
            answers,
            "--captioner",
            name,
            "--answerer",
            "llm",
            "--out",
            folder.resolve("runs").resolve(name));
    assertThat(result.exitCode()).as(result.err()).isZero();
  }
}
