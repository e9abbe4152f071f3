package dev.refract.harness.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.refract.manifest.MetricMode;
import dev.refract.manifest.MetricName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// {@link ExactMatch}, {@link ChoiceMatch}, {@link CaptionQa} and {@link Contains}, and that every
/// metric is found by its name.
class SimpleMetricsTest {

  @ParameterizedTest
  @CsvSource({
    "Yes,yes,1",
    "yes,YES.,1",
    "yes.,yes,1",
    "'  two  words ',two words,1",
    "yes..,yes.,0",
    "yes!,yes,0",
    "yes,no,0",
    "yes .,yes,0",
    "3.5,35,0",
    "'','.',1"
  })
  void anExactMatchForgivesCaseBlanksAndOneFullStop(String gold, String answer, double score) {
    assertThat(new ExactMatch().score(AnswerKey.of(gold), answer)).isEqualTo(score);
    assertThat(new ExactMatch().score(AnswerKey.of(answer), gold)).isEqualTo(score);
  }

  @Test
  void anyGoldWillDo() {
    AnswerKey golds = AnswerKey.of("red", "blue");
    assertThat(new ExactMatch().score(golds, "Blue")).isOne();
    assertThat(new ExactMatch().score(golds, "green")).isZero();
    assertThat(new ChoiceMatch().score(AnswerKey.of("A", "C"), "C")).isOne();
    assertThat(new CaptionQa().score(AnswerKey.of("A", "C"), "C")).isOne();
    assertThat(new Contains().score(golds, "a blue one")).isOne();
    assertThat(new Contains().score(golds, "a green one")).isZero();
  }

  @Test
  void aLetterIsAGoldsOrNot() {
    for (Metric metric : List.of(new ChoiceMatch(), new CaptionQa())) {
      assertThat(metric.score(AnswerKey.of("B"), "B")).isOne();
      assertThat(metric.score(AnswerKey.of("B"), "b")).isZero();
      assertThat(metric.score(AnswerKey.of("B"), "")).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "2,0.55", "4,0.3", "5,0.25", "20,0.1"})
  void sayingThatTheCaptionDoesNotTellIsWorthAGuessAndALittle(int options, double worth) {
    assertThat(CaptionQa.abstention(options)).isCloseTo(worth, within(1e-12));
  }

  @Test
  void aGoldIsSoughtWithoutTheBlanksAroundIt() {
    Metric contains = new Contains();
    assertThat(contains.score(AnswerKey.of("  red "), "it is red")).isOne();
    assertThat(contains.score(AnswerKey.of("a b"), "xa\nbx")).isOne();
    assertThat(contains.score(AnswerKey.of("a\nb"), "a b")).isOne();
    assertThat(contains.score(AnswerKey.of("a b"), "ab")).isZero();
    assertThat(contains.score(AnswerKey.of("ab"), "a b")).isZero();
  }

  @Test
  void onlyHandwrittenMathematicsIsReadWithoutBlanksAndWithCase() {
    Metric contains = new Contains();
    Map<String, String> other = Map.of("question_type", "Regular Text Recognition");
    assertThat(contains.score(AnswerKey.of("X + 1").with(other), "is x + 1.")).isOne();
    assertThat(contains.score(AnswerKey.of("X + 1").with(other), "X+1")).isZero();
    Map<String, String> maths =
        Map.of("question_type", "Handwritten Mathematical Expression Recognition");
    assertThat(contains.score(AnswerKey.of("X + 1").with(maths), "is X+1.")).isOne();
    assertThat(contains.score(AnswerKey.of("X\n+1").with(maths), "X + 1")).isOne();
    assertThat(contains.score(AnswerKey.of("X + 1").with(maths), "x + 1")).isZero();
  }

  @ParameterizedTest
  @EnumSource(MetricName.class)
  void everyMetricIsFoundByItsNameInBothModes(MetricName name) {
    assertThat(Metrics.named(name.toString()).orElseThrow().name()).isEqualTo(name);
    for (MetricMode mode : MetricMode.values()) {
      assertThat(Metrics.named(name.toString(), mode).orElseThrow().name()).isEqualTo(name);
    }
  }

  @Test
  void theModeReachesTheMetricAndIsOfficialWhereNoneIsGiven() {
    assertThat(Metrics.named("anls")).contains(new Anls(MetricMode.OFFICIAL));
    for (MetricMode mode : MetricMode.values()) {
      assertThat(Metrics.named("relaxed_accuracy", mode)).contains(new RelaxedAccuracy(true, mode));
      assertThat(Metrics.named("anls", mode)).contains(new Anls(mode));
      assertThat(Metrics.named("chartqapro", mode)).contains(new ChartQaPro(mode));
      assertThat(Metrics.named("vqa_score", mode)).contains(new VqaScore(mode));
      assertThat(Metrics.named("math", mode)).contains(new MathMatch(mode));
      assertThat(Metrics.named("caprl", mode)).contains(new CapRl(mode));
    }
  }

  @Test
  void anUnknownNameOrAnotherCaseIsNoMetric() {
    assertThat(Metrics.named("anlsx")).isEmpty();
    assertThat(Metrics.named("ANLS")).isEmpty();
    assertThat(Metrics.named("")).isEmpty();
  }

  @Test
  void theNamesAreThoseOfAllMetricsOnce() {
    assertThat(Metrics.names())
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(MetricName.values()).map(MetricName::toString).toList());
  }
}
