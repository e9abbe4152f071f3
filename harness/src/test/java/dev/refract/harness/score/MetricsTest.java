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
    assertThat(relaxed.score(List.of("100"), "105")).isOne();
    assertThat(relaxed.score(List.of("100"), "105.1")).isZero();
    assertThat(relaxed.score(List.of("-100"), "-95")).isOne();
  }

  @Test
  void aPercentSignOnTheGoldAloneMakesFiveWrong() {
    assertThat(relaxed.score(List.of("5%"), "5")).isZero();
    assertThat(relaxed.score(List.of("5%"), "5%")).isOne();
    assertThat(relaxed.score(List.of("5%"), "0.05")).isOne();
  }

  @Test
  void aGoldOfZeroIsComparedAsText() {
    assertThat(relaxed.score(List.of("0"), "0")).isOne();
    assertThat(relaxed.score(List.of("0"), "0.0")).isZero();
  }

  @Test
  void numbersAreWhatPythonCallsNumbers() {
    assertThat(relaxed.score(List.of("1000"), "1_000")).isOne();
    assertThat(relaxed.score(List.of("1000"), "1e3")).isOne();
    assertThat(relaxed.score(List.of("5"), "٥")).isOne(); // an Arabic five
    assertThat(relaxed.score(List.of("5"), "5d")).isZero(); // Java's, not Python's
    assertThat(relaxed.score(List.of("16"), "0x10")).isZero();
    assertThat(relaxed.score(List.of("1000"), "1,000")).isZero();
    assertThat(relaxed.score(List.of("nan"), "nan")).isZero();
    assertThat(relaxed.score(List.of("11"), "1__1")).isZero();
    assertThat(relaxed.score(List.of("11"), "_11")).isZero();
  }

  @Test
  void wordsMustBeEqualExceptForCase() {
    assertThat(relaxed.score(List.of("Yes"), "yes")).isOne();
    assertThat(relaxed.score(List.of("Yes"), "yes.")).isZero();
  }

  @Test
  void anlsForgivesAFewLettersAndNoMoreThanHalf() {
    assertThat(anls.score(List.of("hello"), "hallo")).isCloseTo(0.8, within(1e-12));
    assertThat(anls.score(List.of("ab"), "ax")).isEqualTo(0.5);
    assertThat(anls.score(List.of("abc"), "axy")).isZero();
    assertThat(anls.score(List.of("no", "hello"), " HELLO ")).isCloseTo(1, within(1e-12));
  }

  @Test
  void anlsCountsTheUpperCasedRawText() {
    // one substitution over "SS", two letters
    assertThat(anls.score(List.of("ß"), "x")).isEqualTo(0.5);
  }

  @Test
  void strictFollowsThePapers() {
    Metric strict = new RelaxedAccuracy(true, MetricMode.STRICT);
    assertThat(strict.score(List.of("0"), "0.0")).isOne();
    assertThat(strict.score(List.of("1000"), "1,000")).isOne();
    assertThat(strict.score(List.of("1000"), "1_000")).isZero();
    assertThat(strict.score(List.of("5%"), "5 %")).isOne();
    assertThat(strict.score(List.of("5%"), "5")).isZero();
    assertThat(strict.score(List.of("nan"), "NaN")).isOne(); // a word
    Metric similarity = new Anls(MetricMode.STRICT);
    assertThat(similarity.score(List.of("ab"), "ax"))
        .isZero(); // one half is not more than one half
    assertThat(similarity.score(List.of("a  b"), "a b")).isOne();
    Metric pro = new ChartQaPro(MetricMode.STRICT);
    assertThat(pro.score(List.of("100"), "101", Map.of("question_type", "Multi Choice"))).isZero();
    assertThat(
            new ChartQaPro(MetricMode.OFFICIAL)
                .score(List.of("100"), "101", Map.of("question_type", "Multi Choice")))
        .isOne();
    List<String> ten = java.util.Collections.nCopies(10, "86");
    assertThat(new VqaScore(MetricMode.STRICT).score(ten, "86.")).isOne();
    assertThat(new VqaScore(MetricMode.OFFICIAL).score(ten, "86.")).isZero();
  }

  @Test
  void containsLooksInsideAndMathematicsKeepsItsCase() {
    Metric contains = new Contains();
    assertThat(contains.score(List.of("CENTRE", "x"), "the centre\nof it")).isOne();
    assertThat(contains.score(List.of("center"), "the centre")).isZero();
    Map<String, String> mathematics =
        Map.of("question_type", "Handwritten Mathematical Expression Recognition");
    assertThat(contains.score(List.of("X ^ 2"), "it is X^2", mathematics)).isOne();
    assertThat(contains.score(List.of("X ^ 2"), "it is x^2", mathematics)).isZero();
  }

  @Test
  void caprlOfficialKeepsTheReferencesErrorsAndStrictDoesNot() {
    Metric official = new CapRl(MetricMode.OFFICIAL);
    Metric strict = new CapRl(MetricMode.STRICT);
    Map<String, String> chart = Map.of("category", "chart");
    Map<String, String> maths = Map.of("category", "math");
    assertThat(official.score(List.of("2010"), "2019", chart)).isOne();
    assertThat(strict.score(List.of("2010"), "2019", chart)).isZero();
    assertThat(strict.score(List.of("2010"), "2010", chart)).isOne();
    assertThat(official.score(List.of("45"), "0.45", chart)).isOne();
    assertThat(strict.score(List.of("45"), "0.45", chart)).isZero();
    assertThat(strict.score(List.of("45%"), "0.45", chart)).isOne();
    assertThat(strict.score(List.of("45"), "44", chart)).isOne();
    assertThat(strict.score(List.of("100"), "105.2", chart)).isZero(); // 5 % of the gold
    assertThat(official.score(List.of("100"), "105.2", chart)).isOne(); // 5 % of the answer
    assertThat(official.score(List.of("listen"), "silent", maths)).isOne();
    assertThat(strict.score(List.of("listen"), "silent", maths)).isZero();
    assertThat(official.score(List.of("A"), "A.", maths)).isZero();
    assertThat(strict.score(List.of("A"), "A.", maths)).isOne();
    assertThat(strict.score(List.of("1/2"), "0.5", maths)).isOne();
    assertThat(official.score(List.of("hello"), "hallo", Map.of("category", "infographic")))
        .isCloseTo(0.8, within(1e-12));
  }

  @Test
  void casesThatNeedAComputerAlgebraSystemAreUndecidedAndNeverGuessed() {
    Metric math = new MathMatch(MetricMode.OFFICIAL);
    assertThat(math.decide(List.of("\\frac{1}{2}"), "0.5", Map.of())).hasValue(1);
    assertThat(math.decide(List.of("1/2", "two"), "0.6", Map.of())).hasValue(0);
    String integral = "\\int_0^1 x^2 dx";
    assertThat(math.decide(List.of(integral), "\\sum_{k=1}^{n} k", Map.of())).isEmpty();
    assertThat(math.decide(List.of(integral, "3"), "3", Map.of())).hasValue(1);
  }

  @Test
  void captionQaGivesASmallScoreForCannotAnswer() {
    assertThat(new CaptionQa().score(List.of("B"), "B")).isOne();
    assertThat(new CaptionQa().score(List.of("B"), "C")).isZero();
    assertThat(CaptionQa.abstention(4)).isCloseTo(0.3, within(1e-12));
  }
}
