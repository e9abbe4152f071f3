package dev.refract.harness.score.maths;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What of an answer's text is read as mathematics, and in which one form.
class MathTextTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "x|x",
        "x+1|x+1",
        "$x+1$|x+1",
        "0.5|\\frac{1}{2}",
        ".5|\\frac{1}{2}",
        "0.50|0.50",
        ".25|0.25",
        "x .25|x 0.25",
        "{.25}|{0.25}",
        "1/2|\\frac{1}{2}",
        "-3/4|\\frac{-3}{4}",
        "01/2|01/2",
        "1/2x|1/2x",
        "\\frac12|\\frac{1}{2}",
        "\\frac 1 2|\\frac{1}{2}",
        "\\frac1{23}|\\frac{1}{23}",
        "\\frac{1}2|\\frac{1}{2}",
        "\\dfrac{1}{2}|\\frac{1}{2}",
        "\\tfrac{1}{2}|\\frac{1}{2}",
        "\\cfrac{1}{2}|\\frac{1}{2}",
        "\\fracab|\\frac{a}{b}",
        "\\sqrt3|\\sqrt{3}",
        "\\sqrt{3}|\\sqrt{3}",
        "\\sqrt[3]{x}|\\sqrt[3]{x}",
        "\\sqrtx|\\sqrt{x}",
        "2sqrt(3)|2\\sqrt{3}",
        "x^(ab)|x^{ab}",
        "\\log_2 8|\\log_{2}{8}",
        "\\left(1,2\\right]|(1,2]",
        "12 feet|12",
        "12\\text{ cm}|12",
        "12\\mbox{ cm}^2|12",
        "\\text{ab}|\\text{ab}",
        "\\mathrm{ab}|\\text{ab}",
        "\\textbf{ab}|\\text{ab}",
        "45 percent|45\\%",
        "45 percentage|45\\%",
        "45pct|45\\%",
        "infinity|\\infty",
        "-inf|-\\infty",
        "1 and 2|1, 2",
        "1, or 2|1, 2",
        "1{,}000|1,000",
        "\\$5|5",
        "x~=2|x\\approx2",
        "'x'|x",
        "\\displaystyle x|x",
        "x\\!y|xy"
      })
  void everyWayOfWritingHasOneForm(String text, String form) {
    assertThat(MathText.normalForm(text)).hasValue(form);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x\ny", "\\$", "''"})
  void thereMayBeNothingToRead(String text) {
    assertThat(MathText.normalForm(text)).isEmpty();
  }

  @Test
  void dollarsAroundTheWholeTextMakeAnEnvironmentOfWhatStandsBeforeTheFirstDollar() {
    assertThat(MathText.normalForm("so $x+1$")).hasValue("so");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$1$ and $2$",
        "the answer is \\frac{1}{2}",
        "answer $x$ it is",
        "\\(x\\) $y$ z",
        "(1,2)_{3}"
      })
  void whatIsNotModelledIsNotGuessed(String text) {
    assertThatThrownBy(() -> MathText.normalForm(text)).isInstanceOf(Undecided.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\\boxed{1} | 1",
        "\\fbox{1} | 1",
        "\\boxed{\\boxed{3}} | 3",
        "\\boxed{1} and \\boxed{2} | 1,2",
        "1} and \\boxed{2 | {2",
        "$\\boxed{3}$ | 3",
        "\\boxed{$3$} | 3",
        "so \\boxed{ 4 } it is | 4"
      })
  void ofBoxesTheContentIsRead(String text, String content) {
    assertThat(MathText.normalForm(text)).hasValue(content);
  }

  @Test
  void twoThousandCharactersAreReadAndOneMoreIsNot() {
    assertThat(MathText.normalForm("x".repeat(2_000))).hasValue("x".repeat(2_000));
    assertThatThrownBy(() -> MathText.normalForm("x".repeat(2_001))).isInstanceOf(Undecided.class);
  }

  @Test
  void commentsOfAResourceAreNoLines() {
    assertThat(MathText.lines("maths-units.txt"))
        .contains("feet")
        .noneMatch(line -> line.startsWith("# "));
  }
}
