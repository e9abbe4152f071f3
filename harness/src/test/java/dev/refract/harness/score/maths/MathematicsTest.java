package dev.refract.harness.score.maths;

import static dev.refract.harness.score.maths.Mathematics.Verdict.DIFFERENT;
import static dev.refract.harness.score.maths.Mathematics.Verdict.EQUAL;
import static dev.refract.harness.score.maths.Mathematics.Verdict.UNDECIDED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.harness.score.maths.Mathematics.Verdict;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MathematicsTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /// 3,000 pairs scored by math-verify 0.8.0; see `ask-math-verify.py`.
  @Test
  void itAgreesWithTheReferenceOrIsUndecided() throws IOException {
    compare("/golden/maths.jsonl", 3000, 60);
  }

  /// 171 pairs as replies contain them, in five forms: bare, in a box, in two boxes, as text, in a
  /// sentence. At most 2 % may be undecided, and none wrong.
  @Test
  void ofRealisticRepliesNearlyAllAreDecided() throws IOException {
    compare("/golden/maths-replies.jsonl", 855, 18);
  }

  private static void compare(String fixture, int count, int atMost) throws IOException {
    List<String> wrong = new ArrayList<>();
    int undecided = 0;
    int rows = 0;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(MathematicsTest.class.getResourceAsStream(fixture)),
                StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        rows++;
        JsonNode row = JSON.readTree(line);
        Verdict verdict =
            Mathematics.compare(row.path("gold").asString(""), row.path("pred").asString(""));
        if (verdict == UNDECIDED) {
          undecided++;
        } else if (verdict == EQUAL != row.path("score").asDouble() > 0.5) {
          wrong.add(line + " but here " + verdict);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(rows).isEqualTo(count);
    assertThat(undecided).isLessThan(atMost);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "listen ~ silent ~ EQUAL",
        "2010-2015 ~ 2000-2005 ~ EQUAL",
        "12 m ~ 12 km ~ EQUAL",
        "A. ~ A ~ DIFFERENT",
        "No ~ no ~ EQUAL",
        "YES ~ Yes ~ DIFFERENT",
        "45% ~ 0.45 ~ EQUAL",
        "45% ~ 45 ~ DIFFERENT",
        "1/3 ~ 0.333333 ~ EQUAL",
        "47 ~ 47.0000001 ~ DIFFERENT",
        "1,000 ~ 1000 ~ EQUAL",
        "\\frac{1}{2} ~ 0.5 ~ EQUAL",
        "\\sqrt{8} ~ 2\\sqrt{2} ~ EQUAL",
        "2^{10} ~ 1024 ~ EQUAL",
        "3\\pi ~ \\pi*3 ~ EQUAL",
        "(1,2) ~ 1<x<2 ~ EQUAL",
        "1<x<2 ~ (1,2) ~ DIFFERENT",
        "\\{1,2\\} ~ 2,1 ~ EQUAL",
        "(1,2,3) ~ (3,2,1) ~ DIFFERENT",
        "3 ~ x=3 ~ EQUAL",
        "x+y ~ y+x ~ EQUAL",
        "(a+b)^2 ~ a^2+2ab+b^2 ~ EQUAL",
        "5! ~ 120 ~ EQUAL",
        "US$ 7 ~ US$ 5 ~ EQUAL",
        "\\log(8) ~ 3 ~ DIFFERENT",
        "\\log_2 8 ~ 3 ~ EQUAL",
        "\\ln e ~ 1 ~ EQUAL",
        "\\sin 30^\\circ ~ 0.5 ~ DIFFERENT",
        "|-5| ~ 5 ~ EQUAL",
        "\\lvert -7 \\rvert ~ 7 ~ EQUAL",
        "|x-3| ~ |3-x| ~ EQUAL",
        "2|-3| ~ 6 ~ EQUAL",
        "\\binom{5}{2} ~ 10 ~ EQUAL",
        "1.2\\times10^3 ~ 1200 ~ EQUAL",
        "3 \\times 10^{8} ~ 300000000 ~ EQUAL",
        "1200 ~ \\boxed{1.2 \\times 10^3} ~ EQUAL",
        "\\sin^2 x ~ 1 ~ UNDECIDED"
      })
  void itsSurprisesAndItsMathematics(String gold, String answer, Verdict verdict) {
    assertThat(Mathematics.compare(gold, answer)).isEqualTo(verdict);
  }

  @Test
  void anyAnswerIsRightForAGoldThatCannotBeParsed() {
    assertThat(Mathematics.compare("", "anything")).isEqualTo(EQUAL);
    assertThat(Mathematics.compare("x\ny", "zzz")).isEqualTo(EQUAL);
    assertThat(Mathematics.compare("A.", "B")).isEqualTo(DIFFERENT);
  }

  /// For any reply of a model the comparison ends soon and throws nothing.
  @Property(tries = 2000)
  void noTextThrowsOrHangs(
      @ForAll @StringLength(max = 60) @CharRange(from = ' ', to = '~') String gold,
      @ForAll @StringLength(max = 60) @CharRange(from = ' ', to = '~') String answer) {
    assertThat(Mathematics.compare(gold, answer)).isNotNull();
  }

  @Test
  void deeplyNestedTextsAndHugeNumbersAreUndecided() {
    for (String text :
        List.of(
            "(".repeat(500),
            "((".repeat(200) + "x" + "))".repeat(200),
            "{".repeat(1000) + "}".repeat(1000),
            "\\frac{".repeat(300),
            "9^9^9^9^9",
            "1E999999999",
            "x".repeat(1900),
            "x".repeat(5000),
            "1/(".repeat(400))) {
      assertThat(Mathematics.compare(text, text + "+1")).isNotNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "{", "-", "\\sqrt{", "\\frac{1}{", "|", "x^{", "+(", "2!^"})
  void aDeeplyNestedAnswerIsNoStackOverflow(String open) {
    String deep = open.repeat(2_000 / open.length());
    assertThat(Mathematics.compare("3", deep)).isNotEqualTo(Verdict.EQUAL);
    assertThat(Mathematics.compare(deep, "3")).isNotNull();
    assertThat(Mathematics.compare("3", "5" + "!".repeat(1_900))).isNotEqualTo(Verdict.EQUAL);
    assertThat(Mathematics.compare("3", "2" + "^2".repeat(900))).isNotEqualTo(Verdict.EQUAL);
    assertThat(Mathematics.compare("3", "2" + "/3".repeat(900))).isNotEqualTo(Verdict.EQUAL);
  }
}
