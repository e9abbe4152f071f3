package dev.refract.harness.dataset.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Options that stand inside of a question's text, cut out of it.
class OptionTextTest {

  private static void assertOptions(String text, String before, String... options) {
    assertThat(OptionText.parse(text)).as(text).hasValue(new OptionText(before, List.of(options)));
  }

  @Test
  void everyFormOfLabels() {
    assertOptions("Which? Options: A: one, B: two", "Which?", "one", "two");
    assertOptions("Which?\nChoices:\n(A) 10\n(B) 15", "Which?", "10", "15");
    assertOptions("Which? A. 200;B. 300", "Which?", "200", "300");
    assertOptions("Which? A) x B) y", "Which?", "x", "y");
    assertOptions("Which? A、x、B、y", "Which?", "x、", "y");
    assertOptions("A: one B: two", "", "one", "two");
    assertOptions("Which? OPTIONS : A: one, B: two", "Which?", "one", "two");
  }

  @Test
  void thereMayBeMoreThanTwo() {
    assertOptions("W? A. a B. b C. c D. d", "W?", "a", "b", "c", "d");
  }

  @Test
  void aLabelOutOfOrderBelongsToTheOptionBeforeIt() {
    assertOptions("W? A. a C. c B. b", "W?", "a C. c", "b");
    assertOptions("W? A. a B. b D. d", "W?", "a", "b D. d");
  }

  @Test
  void theLongestRunCountsAndOfTwoAlikeTheLaterOne() {
    assertOptions("Is A. right or B. so? A. a B. b C. c", "Is A. right or B. so?", "a", "b", "c");
    assertOptions("A. a B. b A. c B. d", "A. a B. b", "c", "d");
  }

  @Test
  void oneMarkAtTheEndOfAnOptionGoes() {
    assertOptions("W? A. a, B. b;", "W?", "a", "b");
    assertOptions("W? A. a,, B. b.", "W?", "a,", "b.");
  }

  @Test
  void anOptionMayBeEmpty() {
    assertOptions("W? A. B. b", "W?", "", "b");
  }

  @Test
  void aHeadingGoesOnlyWhereItStandsRightBefore() {
    assertOptions("My options: all. A. a B. b", "My options: all.", "a", "b");
    assertOptions("Suboptions: A. a B. b", "Suboptions:", "a", "b");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Which?",
        "A. a",
        "B. b C. c",
        "A. a C. c",
        "a. x b. y",
        "xA. a xB. b",
        "A x B y",
        "[A] x [B] y",
        "A - x B - y",
        "(A x (B y"
      })
  void whereThereAreNotTwoThereAreNone(String text) {
    assertThat(OptionText.parse(text)).isEmpty();
  }
}
