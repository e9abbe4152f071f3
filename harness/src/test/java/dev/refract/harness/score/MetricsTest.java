package dev.refract.harness.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.refract.manifest.MetricMode;
import dev.refract.manifest.MetricName;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The surprising cases of the official rules, one by one.
class MetricsTest {

  private final Metric relaxed = new RelaxedAccuracy(true, MetricMode.OFFICIAL);
  private final Metric anls = new Anls(MetricMode.OFFICIAL);

  @Test
  void everyMetricNameHasItsMetricInBothModes() {
    for (MetricName name : MetricName.values()) {
      for (MetricMode mode : MetricMode.values()) {
        assertThat(Metrics.named(name.toString(), mode).orElseThrow().name()).isEqualTo(name);
      }
    }
    assertThat(Metrics.names()).hasSameSizeAs(MetricName.values());
  }

  @Test
  void aNumberMayBeWrongByFivePercentOfTheGold() {
    assertThat(relaxed.score(AnswerKey.of("100"), "105")).isOne();
    assertThat(relaxed.score(AnswerKey.of("100"), "105.1")).isZero();
    assertThat(relaxed.score(AnswerKey.of("-100"), "-95")).isOne();
  }

  @Test
  void aPercentSignOnTheGoldAloneMakesFiveWrong() {
    assertThat(relaxed.score(AnswerKey.of("5%"), "5")).isZero();
    assertThat(relaxed.score(AnswerKey.of("5%"), "5%")).isOne();
    assertThat(relaxed.score(AnswerKey.of("5%"), "0.05")).isOne();
  }

  @Test
  void aGoldOfZeroIsComparedAsText() {
    assertThat(relaxed.score(AnswerKey.of("0"), "0")).isOne();
    assertThat(relaxed.score(AnswerKey.of("0"), "0.0")).isZero();
  }

  @Test
  void numbersAreWhatPythonCallsNumbers() {
    assertThat(relaxed.score(AnswerKey.of("1000"), "1_000")).isOne();
    assertThat(relaxed.score(AnswerKey.of("1000"), "1e3")).isOne();
    assertThat(relaxed.score(AnswerKey.of("5"), "٥")).isOne(); // an Arabic five
    assertThat(relaxed.score(AnswerKey.of("5"), "5d")).isZero(); // Java's, not Python's
    assertThat(relaxed.score(AnswerKey.of("16"), "0x10")).isZero();
    assertThat(relaxed.score(AnswerKey.of("1000"), "1,000")).isZero();
    assertThat(relaxed.score(AnswerKey.of("nan"), "nan")).isZero();
    assertThat(relaxed.score(AnswerKey.of("11"), "1__1")).isZero();
    assertThat(relaxed.score(AnswerKey.of("11"), "_11")).isZero();
  }

  @Test
  void wordsMustBeEqualExceptForCase() {
    assertThat(relaxed.score(AnswerKey.of("Yes"), "yes")).isOne();
    assertThat(relaxed.score(AnswerKey.of("Yes"), "yes.")).isZero();
  }

  @Test
  void anlsForgivesAFewLettersAndNoMoreThanHalf() {
    assertThat(anls.score(AnswerKey.of("hello"), "hallo")).isCloseTo(0.8, within(1e-12));
    assertThat(anls.score(AnswerKey.of("ab"), "ax")).isEqualTo(0.5);
    assertThat(anls.score(AnswerKey.of("abc"), "axy")).isZero();
    assertThat(anls.score(AnswerKey.of("no", "hello"), " HELLO ")).isCloseTo(1, within(1e-12));
  }

  @Test
  void anlsCountsTheUpperCasedRawText() {
    // one substitution over "SS", two letters
    assertThat(anls.score(AnswerKey.of("ß"), "x")).isEqualTo(0.5);
  }

  @Test
  void strictFollowsThePapers() {
    Metric strict = new RelaxedAccuracy(true, MetricMode.STRICT);
    assertThat(strict.score(AnswerKey.of("0"), "0.0")).isOne();
    assertThat(strict.score(AnswerKey.of("1000"), "1,000")).isOne();
    assertThat(strict.score(AnswerKey.of("1000"), "1_000")).isZero();
    assertThat(strict.score(AnswerKey.of("5%"), "5 %")).isOne();
    assertThat(strict.score(AnswerKey.of("5%"), "5")).isZero();
    assertThat(strict.score(AnswerKey.of("nan"), "NaN")).isOne(); // a word
    Metric similarity = new Anls(MetricMode.STRICT);
    assertThat(similarity.score(AnswerKey.of("ab"), "ax"))
        .isZero(); // one half is not more than one half
    assertThat(similarity.score(AnswerKey.of("a  b"), "a b")).isOne();
    Metric pro = new ChartQaPro(MetricMode.STRICT);
    assertThat(pro.score(AnswerKey.of("100").with(Map.of("question_type", "Multi Choice")), "101"))
        .isZero();
    assertThat(
            new ChartQaPro(MetricMode.OFFICIAL)
                .score(AnswerKey.of("100").with(Map.of("question_type", "Multi Choice")), "101"))
        .isOne();
    AnswerKey ten = new AnswerKey(java.util.Collections.nCopies(10, "86"), List.of(), Map.of());
    assertThat(new VqaScore(MetricMode.STRICT).score(ten, "86.")).isOne();
    assertThat(new VqaScore(MetricMode.OFFICIAL).score(ten, "86.")).isZero();
  }

  @Test
  void containsLooksInsideAndMathematicsKeepsItsCase() {
    Metric contains = new Contains();
    assertThat(contains.score(AnswerKey.of("CENTRE", "x"), "the centre\nof it")).isOne();
    assertThat(contains.score(AnswerKey.of("center"), "the centre")).isZero();
    Map<String, String> mathematics =
        Map.of("question_type", "Handwritten Mathematical Expression Recognition");
    assertThat(contains.score(AnswerKey.of("X ^ 2").with(mathematics), "it is X^2")).isOne();
    assertThat(contains.score(AnswerKey.of("X ^ 2").with(mathematics), "it is x^2")).isZero();
  }

  @Test
  void caprlOfficialKeepsTheReferencesErrorsAndStrictDoesNot() {
    Metric official = new CapRl(MetricMode.OFFICIAL);
    Metric strict = new CapRl(MetricMode.STRICT);
    Map<String, String> chart = Map.of("category", "chart");
    Map<String, String> maths = Map.of("category", "math");
    assertThat(official.score(AnswerKey.of("2010").with(chart), "2019")).isOne();
    assertThat(strict.score(AnswerKey.of("2010").with(chart), "2019")).isZero();
    assertThat(strict.score(AnswerKey.of("2010").with(chart), "2010")).isOne();
    assertThat(official.score(AnswerKey.of("45").with(chart), "0.45")).isOne();
    assertThat(strict.score(AnswerKey.of("45").with(chart), "0.45")).isZero();
    assertThat(strict.score(AnswerKey.of("45%").with(chart), "0.45")).isOne();
    assertThat(strict.score(AnswerKey.of("45").with(chart), "44")).isOne();
    assertThat(strict.score(AnswerKey.of("100").with(chart), "105.2")).isZero(); // 5 % of the gold
    assertThat(official.score(AnswerKey.of("100").with(chart), "105.2"))
        .isOne(); // 5 % of the answer
    assertThat(official.score(AnswerKey.of("listen").with(maths), "silent")).isOne();
    assertThat(strict.score(AnswerKey.of("listen").with(maths), "silent")).isZero();
    assertThat(official.score(AnswerKey.of("A").with(maths), "A.")).isZero();
    assertThat(strict.score(AnswerKey.of("A").with(maths), "A.")).isOne();
    assertThat(strict.score(AnswerKey.of("1/2").with(maths), "0.5")).isOne();
    assertThat(
            official.score(AnswerKey.of("hello").with(Map.of("category", "infographic")), "hallo"))
        .isCloseTo(0.8, within(1e-12));
  }

  @Test
  void casesThatNeedAComputerAlgebraSystemAreUndecidedAndNeverGuessed() {
    Metric math = new MathMatch(MetricMode.OFFICIAL);
    assertThat(math.decide(AnswerKey.of("\\frac{1}{2}").with(Map.of()), "0.5")).hasValue(1);
    assertThat(math.decide(AnswerKey.of("1/2", "two").with(Map.of()), "0.6")).hasValue(0);
    String integral = "\\int_0^1 x^2 dx";
    assertThat(math.decide(AnswerKey.of(integral).with(Map.of()), "\\sum_{k=1}^{n} k")).isEmpty();
    assertThat(math.decide(AnswerKey.of(integral, "3").with(Map.of()), "3")).hasValue(1);
  }

  @Test
  void captionQaGivesASmallScoreForCannotAnswer() {
    assertThat(new CaptionQa().score(AnswerKey.of("B"), "B")).isOne();
    assertThat(new CaptionQa().score(AnswerKey.of("B"), "C")).isZero();
    assertThat(CaptionQa.abstention(4)).isCloseTo(0.3, within(1e-12));
  }
}
