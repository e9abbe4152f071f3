package dev.refract.manifest.mini;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.manifest.BundledSuite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class MiniSuiteTest {

  private final Path suite = BundledSuite.mini();

  @Test
  void theProgramStillGeneratesTheCommittedQuestions() throws IOException {
    assertThat(MiniSuite.questions()).isEqualTo(Files.readString(suite.resolve("questions.jsonl")));
    assertThat(MiniSuite.descriptions())
        .isEqualTo(Files.readString(suite.resolve("descriptions.jsonl")));
  }

  @Test
  void thereAreTwentyOfEachKindWithFourQuestionsEach() throws IOException {
    List<String> lines = Files.readAllLines(suite.resolve("questions.jsonl"));
    assertThat(lines).hasSize(240);
    for (String category : List.of("chart", "document", "infographic")) {
      assertThat(lines.stream().filter(l -> l.contains("\"category\":\"" + category + "\"")))
          .as(category)
          .hasSize(80);
    }
    for (String kind : List.of("text", "number", "choice", "two_values")) {
      assertThat(lines.stream().filter(l -> l.contains("\"group\":\"" + kind + "\"")))
          .as(kind)
          .hasSize(60);
    }
  }

  @Test
  void everyImageDecodesAndTheyStayUnderFourMegabytes() throws IOException {
    try (Stream<Path> files = Files.list(suite.resolve("images"))) {
      List<Path> images = files.toList();
      assertThat(images).hasSize(60);
      long bytes = 0;
      for (Path image : images) {
        bytes += Files.size(image);
        assertThat(ImageIO.read(image.toFile())).as("%s", image).isNotNull();
      }
      assertThat(bytes).isLessThan(4_000_000);
    }
  }

  @Test
  void everyDescriptionContainsTheGoldOfEveryTextAndNumberQuestion() throws IOException {
    List<String> descriptions = Files.readAllLines(suite.resolve("descriptions.jsonl"));
    for (String line : Files.readAllLines(suite.resolve("questions.jsonl"))) {
      if (line.contains("\"group\":\"text\"") || line.contains("\"group\":\"number\"")) {
        String image = between(line, "\"image\":\"", "\"");
        String gold = between(line, "\"answers\":[\"", "\"]");
        assertThat(descriptions).anyMatch(d -> d.contains("\"" + image + "\"") && d.contains(gold));
      }
    }
  }

  private static String between(String text, String before, String after) {
    int from = text.indexOf(before) + before.length();
    return text.substring(from, text.indexOf(after, from));
  }
}
