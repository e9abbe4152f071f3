package dev.refract.harness.score.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// In which forms a letter names an option, and which letters count.
class ChoiceLettersTest {

  private static final Parsed NOTHING = new Parsed.Nothing();

  private static List<String> options(int count) {
    return IntStream.range(0, count).mapToObj(i -> "option text " + i).toList();
  }

  private static Parsed letter(String letter) {
    return new Parsed.Answer(letter);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c",
        "  (C)!  ",
        "[c]",
        "C) red",
        "(C] red",
        "*C.* red",
        "_C: red",
        "C ) red",
        "so \\boxed{c}",
        "so \\boxed{ (C) }",
        "so \\boxed{\\text{C}}",
        "so \\boxed{\\text{(c)}}",
        "so \\text{c}",
        "so \\text{ (C) }",
        "so **C**",
        "so ** (C)**",
        "so **C: red**",
        "so **C) red**",
        "my answer C",
        "my Answer is: C",
        "OPTION C",
        "choice is C.",
        "my answer: **C**",
        "my answer is \"C\"",
        "my answer is $C$",
        "my answer is (C) Red",
        "my answer:\nC",
        "c) red",
        "so (C) red",
        "so C",
        "C)red",
        "the answer is C red",
        "so *C*",
        "C is my choice"
      })
  void everyFormOfC(String reply) {
    assertThat(in(reply, options(4))).isEqualTo(letter("C"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "red",
        "C red",
        "answers C",
        "my answer c",
        "the answer is C's",
        "the answer is C’s",
        "the answer is Cat",
        "so **c**",
        "so **Cat**",
        "so \\boxed{CD}",
        "so \\boxed{C",
        "so \\text{Cat}",
        "3",
        "CC",
        "C D"
      })
  void noFormOfC(String reply) {
    assertThat(in(reply, options(26))).isEqualTo(NOTHING);
  }

  @ParameterizedTest
  @CsvSource({"A,1,true", "B,1,false", "B,2,true", "C,2,false", "Z,26,true", "Z,25,false"})
  void aLetterCountsWhereThereIsAnOptionForIt(String reply, int count, boolean counts) {
    assertThat(in(reply, options(count))).isEqualTo(counts ? letter(reply) : NOTHING);
  }

  @Test
  void thereAreNoLettersBeyondZHoweverManyOptionsThereAre() {
    assertThat(in("Z", options(90))).isEqualTo(letter("Z"));
  }

  @Test
  void withoutOptionsNoLetterCounts() {
    assertThat(in("A", options(0))).isEqualTo(NOTHING);
  }

  @Test
  void oneLetterInSeveralFormsIsOne() {
    assertThat(in("**B** so the answer is B, \\boxed{b}", options(4))).isEqualTo(letter("B"));
  }

  @Test
  void twoLettersInAnyTwoFormsAreNone() {
    assertThat(in("**B** so the answer is C", options(4))).isEqualTo(NOTHING);
    assertThat(in("B) red, \\boxed{C}", options(4))).isEqualTo(NOTHING);
    assertThat(in("\\text{B} \\boxed{C}", options(4))).isEqualTo(NOTHING);
    assertThat(in("option B, option C", options(4))).isEqualTo(NOTHING);
  }

  @Test
  void aLetterWithoutAnOptionDoesNotContradictOneThatHasIt() {
    assertThat(in("**B** not **F**", options(4))).isEqualTo(letter("B"));
    assertThat(in("**B** **F**", options(4))).isEqualTo(letter("B"));
    assertThat(in("**B** **F**", options(6))).isEqualTo(NOTHING);
    assertThat(in("**B** not **F**", options(6))).isEqualTo(letter("B"));
  }

  @Test
  void theNounMayEndTheReplyAndThenNamesNothing() {
    assertThat(in("option", options(4))).isEqualTo(NOTHING);
  }

  private static Parsed in(String reply, List<String> options) {
    return ChoiceLetters.in(reply, options).letter();
  }
}
