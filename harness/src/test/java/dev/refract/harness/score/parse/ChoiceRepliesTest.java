package dev.refract.harness.score.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// 2,933 forms of replies to questions with options, each with the letter that a careful reader
/// takes from it, or none. The rules of VLMEvalKit and lmms-eval were run over the same file
/// (`benchmarks/metrics/opinions.py`), and their letters stand in it as second opinions.
class ChoiceRepliesTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// Forms that are read although a careful reader would not, or as another letter. Each was
  /// judged: four are cut replies or names that look like an answer, four need the meaning of the
  /// sentence.
  private static final int KNOWN_MISREADINGS = 6;

  private static List<JsonNode> rows() throws IOException {
    try (InputStream file =
        Objects.requireNonNull(
            ChoiceRepliesTest.class.getResourceAsStream("/golden/choice-replies.jsonl"))) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(JSON::readTree)
          .toList();
    }
  }

  private static String read(JsonNode row) {
    List<String> choices = new ArrayList<>();
    row.get("choices").forEach(choice -> choices.add(choice.asString()));
    return AnswerParser.choice(row.get("reply").asString(), choices) instanceof Parsed.Answer said
        ? said.text()
        : "";
  }

  private static String letter(JsonNode row, String field) {
    return row.path(field).asString("");
  }

  @Test
  void theLetterThatAReaderTakesIsReadMoreOftenThanByTheRulesOfOtherHarnesses() throws IOException {
    Map<String, Integer> agreeing = new LinkedHashMap<>();
    List<String> misread = new ArrayList<>();
    List<JsonNode> rows = rows();
    for (JsonNode row : rows) {
      String expected = letter(row, "expected");
      String found = read(row);
      agreeing.merge("refract", found.equals(expected) ? 1 : 0, Integer::sum);
      for (String other : List.of("vlmevalkit", "lmms_eval")) {
        agreeing.merge(other, letter(row, other).equals(expected) ? 1 : 0, Integer::sum);
      }
      if (!found.isEmpty() && !found.equals(expected)) {
        misread.add(expected + " read as " + found + ": " + row.get("reply"));
      }
    }
    System.out.println(agreeing + " of " + rows.size() + "\n" + String.join("\n", misread));
    assertThat(misread).hasSizeLessThanOrEqualTo(KNOWN_MISREADINGS);
    assertThat(agreeing.getOrDefault("refract", 0)).isGreaterThanOrEqualTo(rows.size() * 9 / 10);
    assertThat(agreeing.getOrDefault("refract", 0))
        .isGreaterThan(
            Math.max(
                agreeing.getOrDefault("vlmevalkit", 0), agreeing.getOrDefault("lmms_eval", 0)));
  }

  /// Where both others read one letter and refract reads another, one of the three is wrong.
  @Test
  void noLetterIsReadAgainstBothOthersAndTheReader() throws IOException {
    assertThat(rows())
        .noneMatch(row -> {
          String found = read(row);
          return !found.isEmpty()
              && !found.equals(letter(row, "expected"))
              && !letter(row, "vlmevalkit").isEmpty()
              && letter(row, "vlmevalkit").equals(letter(row, "lmms_eval"))
              && !letter(row, "vlmevalkit").equals(found);
        });
  }
}
