package dev.refract.harness.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.refract.manifest.MetricMode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CapRlTest {

  private static final CapRl OFFICIAL = new CapRl(MetricMode.OFFICIAL);
  private static final CapRl STRICT = new CapRl(MetricMode.STRICT);

  @ParameterizedTest
  @CsvSource({
    "2010, 2019, 1",
    "100, 95.3, 1",
    "100, 95, 0",
    "45, 0.45, 1",
    "45, 4500, 1",
    "45, 48, 0",
    "50%, 0.51, 1",
    "50%, 0.6, 0",
    "New York, new york, 1",
    "New York, new yorc, 0",
  })
  void the_official_error_of_a_chart_is_relative_to_the_answer_at_three_scales(
      String gold, String answer, double score) {
    assertThat(score(OFFICIAL, "chart", gold, answer)).isEqualTo(score);
  }

  @ParameterizedTest
  @CsvSource({
    "2010, 2019, 0",
    "2010, 2010, 1",
    "100, 95, 1",
    "100, 105, 1",
    "100, 94.9, 0",
    "100, 105.1, 0",
    "45, 0.45, 0",
    "45%, 0.45, 1",
    "45%, 45, 1",
    "45%, 44%, 1",
    "45%, 60, 0",
    "New York, new york, 1",
    "New York, new yorc, 0",
  })
  void the_strict_error_of_a_chart_is_relative_to_the_gold_and_years_are_exact(
      String gold, String answer, double score) {
    assertThat(score(STRICT, "chart", gold, answer)).isEqualTo(score);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "math"})
  void other_categories_need_mathematical_equality(String category) {
    for (CapRl metric : List.of(OFFICIAL, STRICT)) {
      assertThat(score(metric, category, "1/2", "0.5")).isEqualTo(1);
      assertThat(score(metric, category, "100", "99")).isZero();
      assertThat(score(metric, category, "hello world", "hello worlx")).isZero();
    }
  }

  @Test
  void an_infographic_also_counts_spelling() {
    for (CapRl metric : List.of(OFFICIAL, STRICT)) {
      assertThat(score(metric, "infographic", "hello world", "hello worlx"))
          .isCloseTo(10 / 11.0, within(1e-9));
      assertThat(score(metric, "infographic", "hello world", "goodbye")).isZero();
      assertThat(score(metric, "infographic", "100", "99")).isEqualTo(1);
      assertThat(score(metric, "chart", "hello world", "hello worlx")).isZero();
    }
  }

  @Test
  void any_of_several_golds_is_right() {
    Map<String, String> chart = Map.of(CapRl.CATEGORY, "chart");
    for (CapRl metric : List.of(OFFICIAL, STRICT)) {
      assertThat(metric.score(AnswerKey.of("cat dog", "Blue sky").with(chart), "blue sky"))
          .isEqualTo(1);
      assertThat(metric.score(AnswerKey.of("['cat dog', 'Blue sky']").with(chart), "blue sky"))
          .isEqualTo(1);
      assertThat(metric.score(AnswerKey.of("cat dog", "Blue sky").with(chart), "green sea"))
          .isZero();
    }
  }

  @Test
  void what_needs_a_solver_is_left_open() {
    for (CapRl metric : List.of(OFFICIAL, STRICT)) {
      assertThat(metric.decide(AnswerKey.of("$x+y=3$").with(Map.of()), "$2x+2y=6$")).isEmpty();
      assertThat(metric.score(AnswerKey.of("$x+y=3$").with(Map.of()), "$2x+2y=6$")).isZero();
    }
    assertThat(new MathMatch(MetricMode.OFFICIAL).score(AnswerKey.of("1/2").with(Map.of()), "0.5"))
        .isEqualTo(1);
    assertThat(
            new MathMatch(MetricMode.OFFICIAL)
                .decide(AnswerKey.of("$x+y=3$").with(Map.of()), "$2x+2y=6$"))
        .isEmpty();
  }

  @Test
  void the_box_of_the_answer_block_counts() {
    String block = "</think> <answer>It is \\boxed{%s}</answer>";
    assertThat(CapRl.answer(block.formatted("42"))).isEqualTo("42");
    assertThat(CapRl.answer("\\boxed{42}")).isEmpty();
    assertThat(CapRl.answer(block.formatted("1") + block.formatted("2")))
        .startsWith("1}</answer>")
        .endsWith("boxed{2");
  }

  @Test
  void a_reply_over_50_000_characters_has_no_answer() {
    String block = "</think><answer>\\boxed{42}</answer>";
    assertThat(CapRl.answer(" ".repeat(50_000 - block.length()) + block)).isEqualTo("42");
    assertThat(CapRl.answer(" ".repeat(50_001 - block.length()) + block)).isEmpty();
  }

  private static double score(CapRl metric, String category, String gold, String answer) {
    return metric.score(AnswerKey.of(gold).with(Map.of(CapRl.CATEGORY, category)), answer);
  }

  @Test
  void theBoxedAnswerIsTheLastOneOfAnAnswerBlockAfterThoughts() {
    assertThat(CapRl.answer("<think>a</think> <answer>\\boxed{4}</answer>")).isEqualTo("4");
    assertThat(CapRl.answer("</think>so<answer>\\boxed{4}</answer>"))
        .isEmpty(); // only blanks are allowed in between
    assertThat(CapRl.answer("\\boxed{4}")).isEmpty();
  }
}
