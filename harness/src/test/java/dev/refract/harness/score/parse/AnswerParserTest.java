package dev.refract.harness.score.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerParserTest {

  private static final List<String> CHOICES =
      List.of("A dog", "The BBC", "Blue Heron Press", "red");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "B",
        "b",
        "(B)",
        "B.",
        "B) The BBC",
        "**B**",
        "$B$",
        "\\boxed{B}",
        "\\text{B}",
        "The answer is B",
        "The answer is B.",
        "Option B",
        "Answer: B",
        "The BBC",
        "the bbc.",
        "\"The BBC\"",
        "The correct answer is **B**",
        "<think>maybe A</think>B",
        "B: The BBC",
        "The answer is (B) The BBC",
        "**B. The BBC**",
        "\\boxed{\\text{B}}"
      })
  void everyWayOfSayingB(String reply) {
    assertThat(AnswerParser.choice(reply, CHOICES)).isEqualTo(new Parsed.Answer("B"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "A dog is shown",
        "The BBC and a dog",
        "A or B",
        "The answer is A. No, the answer is B",
        "",
        "E",
        "\\boxed{A} \\boxed{B}",
        "**A** or **B**",
        "I think that is a good question"
      })
  void neitherAGuessNorTwoLettersParse(String reply) {
    assertThat(AnswerParser.choice(reply, CHOICES)).isEqualTo(new Parsed.Nothing());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "unanswerable",
        "Unanswerable.",
        "**unanswerable**",
        "The answer is: unanswerable."
      })
  void unanswerableIsAnAbstention(String reply) {
    assertThat(AnswerParser.shortAnswer(reply)).isEqualTo(new Parsed.Abstention());
    assertThat(AnswerParser.choice(reply, CHOICES)).isEqualTo(new Parsed.Abstention());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "42 %|42 %",
        "The answer is 42 %.|42 %",
        "Answer: \"Ada Holm\"|Ada Holm",
        "<think>hm</think> **1,610**|1,610",
        "1:01 p.m.|1:01 p.m",
        "The final answer is: *Kenya*.|Kenya",
      })
  void theWrappingIsRemovedAndTheUnitIsKept(String reply, String answer) {
    assertThat(AnswerParser.shortAnswer(reply)).isEqualTo(new Parsed.Answer(answer));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "647 - 372 = 275|275",
        "Answer: 12.5 + 7,5 = 20 %.|20 %",
        "**$40 − $9 = $31**|$31",
        "(3 + 4) * 2 = 7 * 2 = 14|14",
        "9 - 4 =|9 - 4 =",
        "x = 5|x = 5",
        "GDP = 5|GDP = 5",
        "2010 = 5|2010 = 5",
        "9 - 4 = y|9 - 4 = y",
        "2019-2021 = higher|2019-2021 = higher",
      })
  void ofACalculationTheResultCounts(String reply, String answer) {
    assertThat(AnswerParser.shortAnswer(reply)).isEqualTo(new Parsed.Answer(answer));
  }

  @Property
  void wrappingNeverChangesAShortAnswer(
      @ForAll("answers") String answer, @ForAll("wrappings") String wrapping) {
    assertThat(AnswerParser.shortAnswer(wrapping.replace("@", answer)))
        .isEqualTo(new Parsed.Answer(answer));
  }

  @Property
  void wrappingNeverChangesALetter(
      @ForAll("letters") String letter, @ForAll("wrappings") String wrapping) {
    assertThat(AnswerParser.choice(wrapping.replace("@", letter), CHOICES))
        .isEqualTo(new Parsed.Answer(letter));
  }

  @Property
  void twoDifferentLettersNeverParse(@ForAll("letters") String one, @ForAll("letters") String two) {
    if (!one.equals(two)) {
      for (String form :
          List.of(
              "**%s** or **%s**",
              "It is %s or %s.",
              "%s and %s",
              "<answer>%s</answer><answer>%s</answer>",
              "\\boxed{%s} or \\boxed{%s}",
              "答案是%s或%s",
              "Die Antwort ist %s oder %s.",
              "(%s)(%s)",
              "{\"answer\": \"%s, %s\"}")) {
        assertThat(AnswerParser.choice(form.formatted(one, two), CHOICES))
            .as(form)
            .isEqualTo(new Parsed.Nothing());
      }
      assertThat(
              AnswerParser.choice(
                  "The answer is %s. The answer is %s.".formatted(one, two), CHOICES))
          .isEqualTo(new Parsed.Nothing());
    }
  }

  @Property
  void noReplyThrows(@ForAll String reply) {
    assertThat(AnswerParser.shortAnswer(reply)).isNotNull();
    assertThat(AnswerParser.choice(reply, CHOICES)).isNotNull();
  }

  @Provide
  Arbitrary<String> answers() {
    return Arbitraries.of(
        "42", "3.5%", "Ada Holm", "1,610 tonnes", "Willow & Finch", "09:45", "-7");
  }

  @Provide
  Arbitrary<String> letters() {
    return Arbitraries.of("A", "B", "C", "D");
  }

  @Provide
  Arbitrary<String> wrappings() {
    return Arbitraries.of(
        "@",
        "@.",
        "**@**",
        "\"@\"",
        "The answer is @",
        "The answer is @.",
        "The answer is: **@**.",
        "Answer: @",
        "<think>It could be A or B.</think>\n@",
        "  @\n",
        "So, the correct answer is \"@\".",
        "<answer>@</answer>",
        "<think>A or B?</think><answer> @ </answer>",
        "<|begin_of_box|>@<|end_of_box|>",
        "{\"answer\": \"@\"}",
        "```json\n{\"reasoning\": \"It could be B.\", \"answer\": \"@\"}\n```",
        "\\boxed{@}",
        "\\boxed{\\boxed{@}}",
        "$\\boxed{\\text{@}}$",
        "It is large.\n\nFinal answer: @",
        "答案是：@",
        "正确答案：@。",
        "答えは@です。",
        "정답은 @입니다.",
        "Die richtige Antwort ist @.",
        "La réponse est « @ ».",
        "La respuesta correcta es: @",
        "الإجابة الصحيحة هي @",
        "Правильный ответ: @");
  }

  /// The same as `extract_letter` of CaptionQA's task in lmms-eval.
  @Test
  void theFirstStandaloneLetterCountsEvenIfItIsAnArticle() {
    assertThat(AnswerParser.firstLetter("B.", 4)).isEqualTo(new Parsed.Answer("B"));
    assertThat(AnswerParser.firstLetter("<think>C</think>b", 4)).isEqualTo(new Parsed.Answer("B"));
    assertThat(AnswerParser.firstLetter("It is a dog", 4)).isEqualTo(new Parsed.Answer("A"));
    assertThat(AnswerParser.firstLetter("A first line\nC", 4)).isEqualTo(new Parsed.Answer("C"));
    assertThat(AnswerParser.firstLetter("Answer: 2", 4)).isEqualTo(new Parsed.Answer("B"));
    assertThat(AnswerParser.firstLetter("Z", 4)).isEqualTo(new Parsed.Nothing());
    assertThat(AnswerParser.firstLetter("", 4)).isEqualTo(new Parsed.Nothing());
  }
}
