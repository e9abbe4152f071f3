package dev.refract.harness.dataset.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refract.manifest.Columns.Adapter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// One row of CaptionQA or CharXiv becomes a row for each of its questions.
class RowAdapterTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static JsonNode json(String text) {
    return JSON.readTree(text);
  }

  @Test
  void withoutAnAdapterOrForTurnsARowStaysAsItIs() throws BadRowException {
    JsonNode row = json("{\"a\": 1}");
    assertThat(RowAdapter.apply(null, row)).singleElement().isSameAs(row);
    assertThat(RowAdapter.apply(Adapter.CHARTQAPRO, row)).singleElement().isSameAs(row);
    assertThat(RowAdapter.columns(null)).isEmpty();
    assertThat(RowAdapter.made(null)).isEmpty();
    assertThat(RowAdapter.columns(Adapter.CHARTQAPRO)).isEmpty();
    assertThat(RowAdapter.made(Adapter.CHARTQAPRO)).isEmpty();
  }

  @Test
  void theColumnsThatAreReadAndMade() {
    assertThat(RowAdapter.columns(Adapter.CAPTIONQA)).containsExactly("questions");
    assertThat(RowAdapter.made(Adapter.CAPTIONQA))
        .containsExactlyInAnyOrder("question", "answer", "choices", "group");
    assertThat(RowAdapter.columns(Adapter.CHARXIV_DESCRIPTIVE))
        .contains("descriptive_q1", "descriptive_q4", "descriptive_a1", "descriptive_a4")
        .contains("subplot_row", "subplot_col", "subplot_loc")
        .hasSize(11);
    assertThat(RowAdapter.made(Adapter.CHARXIV_DESCRIPTIVE))
        .containsExactlyInAnyOrder("question", "answer", "group");
  }

  @Test
  void eachQuestionOfCaptionQaIsARowWithTheRowsOtherFields() throws BadRowException {
    JsonNode row =
        json(
            """
            {"image": "i.png", "question": "old", "questions": [
              {"question": "Q1", "answer": "a", "choices": ["a", "b"], "category": "c1"},
              {"question": "Q2", "answer": "d", "choices": ["c", "d"], "category": "c2"}]}
            """);
    assertThat(RowAdapter.apply(Adapter.CAPTIONQA, row))
        .containsExactly(
            json(
                """
                {"image": "i.png", "question": "Q1", "answer": "a", "choices": ["a", "b"],
                 "group": "c1"}
                """),
            json(
                """
                {"image": "i.png", "question": "Q2", "answer": "d", "choices": ["c", "d"],
                 "group": "c2"}
                """));
    assertThat(row.path("questions").size()).isEqualTo(2);
    assertThat(row.path("question").asString()).isEqualTo("old");
  }

  @Test
  void aRowOfCaptionQaWithoutAListIsRefused() throws BadRowException {
    assertThat(RowAdapter.apply(Adapter.CAPTIONQA, json("{\"questions\": []}"))).isEmpty();
    assertThatThrownBy(() -> RowAdapter.apply(Adapter.CAPTIONQA, json("{\"questions\": 7}")))
        .isInstanceOf(BadRowException.class)
        .hasMessageContainingAll("'questions'", "7");
    assertThatThrownBy(() -> RowAdapter.apply(Adapter.CAPTIONQA, json("{}")))
        .isInstanceOf(BadRowException.class)
        .hasMessageContainingAll("'questions'", "nothing");
  }

  private static List<JsonNode> charXiv(String q1, String subplot) throws BadRowException {
    return RowAdapter.apply(
        Adapter.CHARXIV_DESCRIPTIVE,
        json(
            """
            {"id": 5, "descriptive_q1": %s, "descriptive_q2": 17, "descriptive_q3": "18",
             "descriptive_q4": 19, "descriptive_a1": "a1", "descriptive_a2": "a2",
             "descriptive_a3": "a3", "descriptive_a4": "a4" %s}
            """
                .formatted(q1, subplot)));
  }

  @Test
  void aRowOfCharXivHasFourQuestions() throws BadRowException {
    List<JsonNode> rows = charXiv("1", "");
    assertThat(rows)
        .extracting(row -> row.path("answer").asString())
        .containsExactly("a1", "a2", "a3", "a4");
    assertThat(rows).extracting(row -> row.path("id").asInt()).containsOnly(5);
    assertThat(rows)
        .extracting(row -> row.path("group").asString())
        .containsExactly(
            "information extraction", "compositionality", "pattern recognition", "counting");
    assertThat(rows).noneMatch(row -> row.path("question").asString().contains("{}"));
  }

  @Test
  void theSubplotIsNamedInTheFirstSeventeenTemplates() throws BadRowException {
    List<JsonNode> rows = charXiv("1", ", \"subplot_row\": 2, \"subplot_col\": 3");
    String place = "For the subplot at row 2 and column 3, ";
    assertThat(rows)
        .extracting(row -> row.path("question").asString().contains(place))
        .containsExactly(true, true, false, false);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "``|For the current plot, ",
        ", \"subplot_row\": 0, \"subplot_loc\": \"the left\"|For the current plot, ",
        ", \"subplot_row\": 1, \"subplot_loc\": \"the left\"|For the left, ",
        ", \"subplot_row\": 1|For the subplot at row 1 and column 0, ",
        ", \"subplot_row\": \"2\", \"subplot_col\": 1|For the subplot at row 2 and column 1, "
      })
  void theSubplotsNames(String fields, String name) throws BadRowException {
    String question = charXiv("1", fields).getFirst().path("question").asString();
    assertThat(question).contains(name.strip()).doesNotContain("{}");
  }

  @ParameterizedTest
  @CsvSource({
    "1,information extraction",
    "2,information extraction",
    "3,information extraction",
    "4,information extraction",
    "5,information extraction",
    "6,information extraction",
    "7,information extraction",
    "8,enumeration",
    "9,enumeration",
    "10,counting",
    "11,pattern recognition",
    "12,counting",
    "13,enumeration",
    "14,enumeration",
    "15,enumeration",
    "16,pattern recognition",
    "17,compositionality",
    "18,pattern recognition",
    "19,counting"
  })
  void theGroupOfEachTemplateIsThePapers(String template, String group) throws BadRowException {
    assertThat(charXiv(template, "").getFirst().path("group").asString()).isEqualTo(group);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "20", "100", "-1", "1.5", "\"one\""})
  void aNumberOfNoTemplateIsRefused(String number) {
    assertThatThrownBy(() -> charXiv(number, ""))
        .isInstanceOf(BadRowException.class)
        .hasMessageContainingAll("'descriptive_q1'", "1 to 19", number);
  }

  @Test
  void aMissingNumberIsRefused() {
    assertThatThrownBy(() -> charXiv("null", ""))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("'descriptive_q1'");
  }
}
