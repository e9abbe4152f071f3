package dev.refract.harness.dataset.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/// A row's fields as texts, and messages that name the field and what was found.
class FieldsTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static Fields fields(String json) {
    return new Fields(JSON.readTree(json));
  }

  @Test
  void aFieldIsFoundByItsNameOrByItsPath() {
    Fields fields = fields("{\"a.b\": 1, \"a\": {\"b\": 2, \"c\": {\"d\": 3}}, \"n\": null}");
    assertThat(fields.at("a.b").asInt()).isEqualTo(1);
    assertThat(fields.at("a.c.d").asInt()).isEqualTo(3);
    assertThat(fields.at("n").isNull()).isTrue();
    assertThat(fields.at("x").isMissingNode()).isTrue();
    assertThat(fields.at("a.x.d").isMissingNode()).isTrue();
  }

  @Test
  void textsNumbersAndTruthValuesAreTexts() throws BadRowException {
    Fields fields = fields("{\"t\": \" x \", \"n\": 7, \"d\": 1.50, \"b\": true}");
    assertThat(fields.text("t")).isEqualTo(" x ");
    assertThat(fields.text("n")).isEqualTo("7");
    assertThat(fields.text("b")).isEqualTo("true");
    assertThat(fields.optional("d")).hasValueSatisfying(d -> assertThat(d).startsWith("1.5"));
    assertThat(fields.texts("n")).containsExactly("7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"t\": null}", "{\"t\": \"  \"}", "{\"t\": []}"})
  void whatIsAbsentNullOrBlankIsNoText(String json) throws BadRowException {
    assertThat(fields(json).optional("t")).isEmpty();
    assertThatThrownBy(() -> fields(json).text("t"))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("'t'");
  }

  @Test
  void aColumnThatIsNotNamedHasNoText() throws BadRowException {
    assertThat(fields("{\"t\": \"x\"}").optional(null)).isEmpty();
  }

  @Test
  void ofSeveralTextsTheFirstCounts() throws BadRowException {
    assertThat(fields("{\"t\": [\"x\", \"y\"]}").text("t")).isEqualTo("x");
    assertThat(fields("{\"t\": [7, {}]}").text("t")).isEqualTo("7");
    assertThat(fields("{\"t\": [\" \", \"y\"]}").optional("t")).isEmpty();
  }

  @Test
  void anObjectIsNoText() {
    Fields fields = fields("{\"t\": {\"a\": 1}}");
    assertThatThrownBy(() -> fields.optional("t"))
        .isInstanceOf(BadRowException.class)
        .hasMessageContainingAll("'t'", "{\"a\":1}");
    assertThatThrownBy(() -> fields.texts("t"))
        .isInstanceOf(BadRowException.class)
        .hasMessageContainingAll("'t'", "{\"a\":1}");
  }

  @Test
  void listsGiveAllTheirTextsInOrder() throws BadRowException {
    assertThat(fields("{\"t\": [\"x\", 7, \"\", true]}").texts("t"))
        .containsExactly("x", "7", "", "true");
    assertThat(fields("{\"t\": [\"x\", null]}").texts("t")).containsExactly("x");
    assertThat(fields("{\"t\": \"x\"}").texts("t")).containsExactly("x");
    assertThat(fields("{\"t\": \"\"}").texts("t")).containsExactly("");
    assertThat(fields("{\"t\": []}").texts("t")).isEmpty();
    assertThat(fields("{\"t\": null}").texts("t")).isEmpty();
    assertThat(fields("{}").texts("t")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[[\"x\"]]", "[{}]"})
  void aListOfAnythingElseIsRefused(String list) {
    assertThatThrownBy(() -> fields("{\"t\": " + list + "}").texts("t"))
        .isInstanceOf(BadRowException.class)
        .hasMessageContainingAll("'t'", list.replace(" ", ""));
  }

  @Test
  void halfASurrogatePairIsReplaced() throws BadRowException {
    Fields fields = fields("{\"t\": \"a\\ud83d\", \"l\": [\"b\\ude00\"]}");
    assertThat(fields.text("t")).isEqualTo("a\ufffd");
    assertThat(fields.texts("t")).containsExactly("a\ufffd");
    assertThat(fields.texts("l")).containsExactly("b\ufffd");
  }

  @Test
  void whatIsFoundIsCutAfterSixtyCharacters() {
    assertThat(fields("{}").found("t")).isEqualTo("nothing");
    assertThat(fields("{\"t\": null}").found("t")).isEqualTo("null");
    // two of the sixty are quotes
    assertThat(fields("{\"t\": \"" + "x".repeat(58) + "\"}").found("t"))
        .isEqualTo("\"" + "x".repeat(58) + "\"");
    assertThat(fields("{\"t\": \"" + "x".repeat(59) + "\"}").found("t"))
        .isEqualTo("\"" + "x".repeat(59) + "...");
  }
}
