package dev.refract.harness.dataset.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refract.harness.dataset.Question;
import dev.refract.manifest.Columns;
import dev.refract.manifest.MetricName;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows of refract's own JSON Lines become questions.
class QuestionMapperTest {

  private static Question question(String json) throws BadRowException {
    String row = "{\"question_id\": \"q\", \"question\": \"Which?\", " + json + "}";
    QuestionMapper mapper =
        new QuestionMapper(Columns.INTERCHANGE, MetricName.EXACT_MATCH, true, "", null);
    return mapper
        .questions(new Row("file:1", 1, Objects.requireNonNull(SpelledJson.tree(row)), List.of()))
        .getFirst();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[\"Mali\", null, \"Chad\"]",
        "[\"Mali\", \"\", \"Chad\"]",
        "[\"Mali\", \" \", \"Chad\"]",
        "{\"A\": \"Mali\", \"B\": null, \"C\": \"Chad\"}"
      })
  void anEmptyOptionBetweenOthersWouldMoveLettersAndIsRefused(String choices) {
    assertThatThrownBy(() -> question("\"answers\": [\"C\"], \"choices\": " + choices))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("'choices': option B is empty, but option C is not");
  }

  @Test
  void emptyOptionsAtTheEndDoNotExist() throws BadRowException {
    Question question =
        question("\"answers\": [\"B\"], \"choices\": [\"Mali\", \"Chad\", null, \"\"]");
    assertThat(question.choices()).containsExactly("Mali", "Chad");
    assertThat(question.golds()).containsExactly("B");
  }

  @Test
  void anObjectOfOptionsIsReadInTheOrderOfItsLetters() throws BadRowException {
    assertThat(
            question("\"answers\": [\"B\"], \"choices\": {\"A\": \"Mali\", \"B\": \"Chad\"}")
                .choices())
        .containsExactly("Mali", "Chad");
    assertThatThrownBy(
            () -> question("\"answers\": [\"B\"], \"choices\": {\"B\": \"Mali\", \"A\": \"Chad\"}"))
        .hasMessageContaining("letters A, B, C ... in order");
  }

  @ParameterizedTest
  @CsvSource({"1.50", "007", "1e5", "123456789012345678901234567890", "-0.0", "2010.0"})
  void aNumberKeepsItsSpelling(String number) throws BadRowException {
    String json = number.startsWith("00") ? "\"" + number + "\"" : number;
    assertThat(question("\"answers\": [" + json + "]").golds()).containsExactly(number);
  }

  @Test
  void nullIsNoAnswer() throws BadRowException {
    assertThat(question("\"answers\": [\"red\", null]").golds()).containsExactly("red");
    assertThatThrownBy(() -> question("\"answers\": null"))
        .hasMessageContaining("expected an answer or a list of answers, found null");
    assertThatThrownBy(() -> question("\"answers\": [null]"))
        .hasMessageContaining("expected an answer or a list of answers, found [null]");
  }

  @Test
  void aMetricOfItsOwnKeepsItsOptions() throws BadRowException {
    Question question =
        question("\"answers\": [\"B\"], \"choices\": [\"x\", \"y\"], \"metric\": \"visulogic\"");
    assertThat(question.metric()).isEqualTo("visulogic");
  }
}
