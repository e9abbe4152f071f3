package dev.refract.harness.score.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// {@link AnswerParser} where lengths, thoughts, yes and no, and equal options decide.
class AnswerParserEdgesTest {

  private static final Parsed NOTHING = new Parsed.Nothing();
  private static final Parsed ABSTENTION = new Parsed.Abstention();

  private static Parsed answer(String text) {
    return new Parsed.Answer(text);
  }

  @ParameterizedTest
  @CsvSource({
    "Yes,yes",
    "NO.,no",
    "'**No**, there is',no",
    "'Yes, there are no others',yes",
    "'No, yes is wrong',no",
    "There are no others,no",
    "'I say yes, yes',yes",
    "'<think>yes or no</think>No',no",
    "'I say yes, it is unanswerable',yes"
  })
  void theFirstWordCountsOrElseTheOnlyOne(String reply, String word) {
    assertThat(AnswerParser.yesNo(reply)).isEqualTo(answer(word));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "I say yes or no", "maybe", "Yesterday", "nobody knows", "eyes"})
  void bothWordsOrNoneAreNoAnswer(String reply) {
    assertThat(AnswerParser.yesNo(reply)).isEqualTo(NOTHING);
  }

  @Test
  void aQuestionOfYesOrNoCanBeUnanswerable() {
    assertThat(AnswerParser.yesNo("The answer is: **Unanswerable**.")).isEqualTo(ABSTENTION);
  }

  @Test
  void aReplyOfTwentyThousandCharactersIsReadForYesAndOneMoreIsNot() {
    String filler = " .".repeat(10_000);
    assertThat(AnswerParser.yesNo("yes" + filler.substring(4) + ".")).isEqualTo(answer("yes"));
    assertThat(AnswerParser.yesNo("yes" + filler.substring(4) + "..")).isEqualTo(NOTHING);
  }

  @Test
  void aReplyOfTwentyThousandCharactersIsReadForALetterAndOneMoreIsNot() {
    List<String> choices = List.of("red", "blue");
    String box = "\\boxed{B}";
    String filler = "x".repeat(20_000 - box.length());
    assertThat(AnswerParser.choice(filler + box, choices)).isEqualTo(answer("B"));
    assertThat(AnswerParser.choice(filler + "x" + box, choices)).isEqualTo(NOTHING);
  }

  @Test
  void thoughtsDoNotCountForTheLength() {
    String thoughts = "<think>" + "x".repeat(30_000) + "</think>";
    assertThat(AnswerParser.yesNo(thoughts + "no")).isEqualTo(answer("no"));
    assertThat(AnswerParser.choice(thoughts + "B", List.of("a", "b"))).isEqualTo(answer("B"));
    assertThat(AnswerParser.shortAnswer(thoughts + "42")).isEqualTo(answer("42"));
  }

  @Test
  void twoThousandCharactersAreAShortAnswerAndOneMoreIsNone() {
    assertThat(AnswerParser.shortAnswer("x".repeat(2_000))).isEqualTo(answer("x".repeat(2_000)));
    assertThat(AnswerParser.shortAnswer(" " + "x".repeat(2_000) + " "))
        .isEqualTo(answer("x".repeat(2_000)));
    assertThat(AnswerParser.shortAnswer("x".repeat(2_001))).isEqualTo(NOTHING);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "a<b|a<b",
        "<think>x</THINK>y|y",
        "<think>x</think>y</think>z|z",
        "Final answer: 7|7",
        "answer = 7|7",
        "So the answer is: 7|7",
        "Therefore, the correct answer to the question is 7|7",
        "the answer is not known|not known",
        "An answer: 7|An answer: 7",
        "answer:7|7",
        "answers: 7|answers: 7",
        "**7** and **8**|7 and 8",
        "__7__|7",
        "`7`|7",
        "* 7 *|* 7 *",
        "2*3|2*3",
        "“7”|7",
        "‘7’|7",
        "«7»|7",
        "'7'|7",
        "\"7|\"7",
        "7\"|7\"",
        "\"The answer is '7'.\"|7",
        "7..|7",
        "It is U.S.A..|U.S.A",
        "The text reads: STOP|STOP",
        "I think it's Blue.|Blue",
        "> etc|etc",
        "14\\\\%|14%",
        "...|...",
        "7 .|7",
        "**The answer is \"**7**\".**|7"
      })
  void layersComeOffInAnyOrder(String reply, String text) {
    assertThat(AnswerParser.shortAnswer(reply)).isEqualTo(answer(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "<think>x", "<think>x</think>", "\"\"", "Answer:"})
  void whatIsEmptyInsideIsNothing(String reply) {
    assertThat(AnswerParser.shortAnswer(reply)).isEqualTo(NOTHING);
  }

  @Test
  void onlyTheWordAloneIsAnAbstention() {
    assertThat(AnswerParser.shortAnswer("(unanswerable!)")).isEqualTo(ABSTENTION);
    assertThat(AnswerParser.shortAnswer("it is unanswerable")).isEqualTo(ABSTENTION);
    assertThat(AnswerParser.shortAnswer("it may be unanswerable"))
        .isEqualTo(answer("it may be unanswerable"));
    assertThat(AnswerParser.choice("it may be unanswerable", List.of("a", "b"))).isEqualTo(NOTHING);
  }

  @Test
  void anOptionsTextNamesItsLetterButForCaseAndBlanks() {
    List<String> choices = List.of("red", "Blue  sky", "red sky");
    assertThat(AnswerParser.choice("The answer is \"blue sky\".", choices)).isEqualTo(answer("B"));
    assertThat(AnswerParser.choice("red", choices)).isEqualTo(answer("A"));
    assertThat(AnswerParser.choice("red  SKY", choices)).isEqualTo(answer("C"));
    assertThat(AnswerParser.choice("sky", choices)).isEqualTo(NOTHING);
  }

  @Test
  void twoOptionsOfOneTextAreNamedByNeither() {
    assertThat(AnswerParser.choice("red", List.of("red", "blue", "Red"))).isEqualTo(NOTHING);
    assertThat(AnswerParser.choice("blue", List.of("red", "blue", "Red"))).isEqualTo(answer("B"));
  }

  @ParameterizedTest
  @CsvSource({
    "D,4,D",
    "E,4,",
    "4,4,D",
    "5,4,",
    "0,4,",
    "10,10,J",
    "100,26,",
    "Z 2,4,B",
    "c2 3,4,C",
    "It's 3,4,C",
    "x,26,X"
  })
  void theFirstLetterOrElseTheFirstNumberMustBeAnOption(String reply, int count, String letter) {
    assertThat(AnswerParser.firstLetter(reply, count))
        .isEqualTo(letter == null ? NOTHING : answer(letter));
  }

  @Test
  void whatComesBeforeTheFirstMarkIsNotRead() {
    assertThat(AnswerParser.firstLetter("B</think>C</think>D", 4)).isEqualTo(answer("C"));
    assertThat(AnswerParser.firstLetter("B. Answer: C", 4)).isEqualTo(answer("C"));
    assertThat(AnswerParser.firstLetter("B. answer: C", 4)).isEqualTo(answer("B"));
    assertThat(AnswerParser.firstLetter("B\nC\nD", 4)).isEqualTo(answer("C"));
    assertThat(AnswerParser.firstLetter("B\n", 4)).isEqualTo(NOTHING);
  }
}
