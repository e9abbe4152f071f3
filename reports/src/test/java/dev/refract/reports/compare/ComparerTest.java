package dev.refract.reports.compare;

import static dev.refract.reports.compare.SmallRuns.item;
import static dev.refract.reports.compare.SmallRuns.items;
import static dev.refract.reports.compare.SmallRuns.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.refract.reports.compare.Comparison.Flip;
import dev.refract.reports.compare.Comparison.Row;
import dev.refract.reports.compare.WordDiff.Kind;
import dev.refract.reports.compare.WordDiff.Segment;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.FailedStage;
import dev.refract.reports.result.FailureKind;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.stats.SignFlip;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a comparison of small runs holds.
class ComparerTest {

  private static final int RESAMPLES = 999;
  private static final Comparer COMPARER = new Comparer(0.05, RESAMPLES, 5, 10);
  private static final double[] RIGHT = {1, 1, 1, 1, 1, 1};
  private static final double[] TWO_WRONG = {0, 0, 1, 1, 1, 1};
  private static final double[] ALL_WRONG = {0, 0, 0, 0, 0, 0};

  @Test
  void aBenchmarkHasARowAndASuiteOfOneHasNone() {
    Comparison found = compare(items("charts", RIGHT), items("charts", TWO_WRONG));
    assertThat(found.baseline()).isEqualTo("old");
    assertThat(found.candidate()).isEqualTo("new");
    assertThat(found.meant()).isEmpty();
    assertThat(found.unmatched()).isZero();
    Row row = only(found);
    assertThat(row.name()).isEqualTo("charts");
    assertThat(row.n()).isEqualTo(6);
    assertThat(row.images()).isEqualTo(6);
    assertThat(row.accuracyA()).isEqualTo(1);
    assertThat(row.accuracyB()).isCloseTo(4 / 6.0, within(1e-12));
    assertThat(row.delta()).isCloseTo(-2 / 6.0, within(1e-12));
    assertThat(row.better()).isZero();
    assertThat(row.worse()).isEqualTo(2);
    double p = SignFlip.p(new double[] {-1, -1}, RESAMPLES, 5);
    assertThat(row.p()).isEqualTo(p);
    assertThat(row.adjusted()).isEqualTo(p);
    // Student's t of 5 degrees at 0.975 is 2.570582; SE = sqrt(6/5 * 8/6) / 6 = 0.210819.
    assertThat(row.low()).isCloseTo(-1 / 3.0 - 2.570582 * 0.2108185, within(1e-5));
    assertThat(row.high()).isCloseTo(-1 / 3.0 + 2.570582 * 0.2108185, within(1e-5));
    assertThat(row.difference().naiveError()).isCloseTo(0.2108185, within(1e-6));
    assertThat(row.difference().degrees()).isEqualTo(5);
  }

  @Test
  void sixImagesCanProveSomethingAndFiveCannot() {
    // (1.959964 + 0.841621) * the clustered error: sqrt(6/5 * (2 * (2/3)^2 + 4 * (1/3)^2)) / 6
    assertThat(only(compare(items("charts", RIGHT), items("charts", TWO_WRONG))).detectable())
        .isCloseTo(2.801585 * Math.sqrt(1.6) / 6, within(1e-5));
    Row five = only(compare(items("charts", 1, 1, 1, 1, 1), items("charts", 0, 1, 1, 1, 1)));
    assertThat(five.detectable()).isNaN();
    assertThat(five.isTelling()).isFalse();
  }

  @Test
  void aSuiteIsTheMeanOfItsBenchmarksWithEqualWeights() {
    Comparison found =
        compare(
            both(items("charts", RIGHT), items("tables", 0, 0, 0, 0, 0, 0, 0, 0)),
            both(items("charts", TWO_WRONG), items("tables", 1, 0, 0, 0, 0, 0, 0, 0)));
    assertThat(found.rows().stream().map(Row::name))
        .containsExactly("charts", "tables", "suite (macro mean)");
    Row suite = found.rows().getLast();
    assertThat(suite.n()).isEqualTo(14);
    assertThat(suite.images()).isEqualTo(14);
    assertThat(suite.delta()).isCloseTo((-1 / 3.0 + 1 / 8.0) / 2, within(1e-12));
    assertThat(suite.accuracyA()).isCloseTo(0.5, within(1e-12));
    assertThat(suite.accuracyB()).isCloseTo((4 / 6.0 + 1 / 8.0) / 2, within(1e-12));
    assertThat(suite.better()).isEqualTo(1);
    assertThat(suite.worse()).isEqualTo(2);
    assertThat(suite.difference().naiveError()).isNaN();
    assertThat(suite.difference().standardError())
        .isCloseTo(Math.hypot(0.2108185, 0.125) / 2, within(1e-6));
    assertThat(suite.p())
        .isEqualTo(SignFlip.p(new double[] {-1 / 12.0, -1 / 12.0, 1 / 16.0}, RESAMPLES, 5));
    assertThat(suite.detectable())
        .isCloseTo(
            Math.hypot(found.rows().get(0).detectable(), found.rows().get(1).detectable()) / 2,
            within(1e-12));
  }

  @Test
  void questionsThatChangeGroupHaveARowEachAndAreAdjustedByBenjaminiAndHochberg() {
    List<ItemResult> before = new ArrayList<>();
    List<ItemResult> after = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      before.add(item("charts", "human", "h" + i, "i" + i, scored(0)));
      after.add(item("charts", "human", "h" + i, "i" + i, scored(1)));
      before.add(item("charts", "machine", "m" + i, "i" + i, scored(1)));
      after.add(item("charts", "machine", "m" + i, "i" + i, scored(1)));
    }
    List<Row> groups = compare(before, after).categories();
    assertThat(groups.stream().map(Row::name))
        .containsExactly("charts: chart / human", "charts: chart / machine");
    Row human = groups.getFirst();
    assertThat(human.p()).isLessThan(0.05);
    assertThat(human.adjusted()).isCloseTo(2 * human.p(), within(1e-12));
    assertThat(groups.getLast().adjusted()).isEqualTo(1);
    assertThat(compare(items("charts", RIGHT), items("charts", RIGHT)).categories()).isEmpty();
  }

  @Test
  void severalCandidatesAreAdjustedByHolm() {
    RunData baseline = run("old", items("charts", RIGHT));
    List<Comparison> found =
        COMPARER.compare(
            baseline,
            List.of(run("a", items("charts", ALL_WRONG)), run("b", items("charts", TWO_WRONG))));
    Row first = only(found.getFirst());
    Row second = only(found.getLast());
    assertThat(first.p()).isLessThan(second.p());
    assertThat(first.adjusted()).isCloseTo(2 * first.p(), within(1e-12));
    assertThat(second.adjusted()).isEqualTo(second.p());
  }

  @Test
  void candidatesAreAdjustedOnlyOverThoseThatHaveTheBenchmark() {
    RunData baseline = run("old", both(items("charts", RIGHT), items("tables", RIGHT)));
    List<Comparison> found =
        COMPARER.compare(
            baseline,
            List.of(run("a", items("charts", ALL_WRONG)), run("b", items("tables", ALL_WRONG))));
    assertThat(found.stream().map(c -> only(c).adjusted() == only(c).p()))
        .containsExactly(true, true);
  }

  @Test
  void candidatesOfOneNameKeepTheirOwnAdjustedValues() {
    RunData baseline = run("old", items("charts", RIGHT));
    List<Comparison> found =
        COMPARER.compare(
            baseline,
            List.of(run("same", items("charts", ALL_WRONG)), run("same", items("charts", RIGHT))));
    assertThat(only(found.getFirst()).adjusted())
        .isCloseTo(2 * only(found.getFirst()).p(), within(1e-12));
    assertThat(only(found.getLast()).adjusted()).isEqualTo(1);
  }

  @Test
  void whatDoesNotMatchIsCountedAndNotCompared() {
    Comparison found =
        compare(items("charts", 1, 1, 1), both(items("charts", 1, 1), items("maps", 1)));
    assertThat(found.unmatched()).isEqualTo(2);
    assertThat(only(found).n()).isEqualTo(2);
  }

  @Test
  void runsWithoutACommonQuestionAreNamed() {
    assertThatThrownBy(() -> compare(items("charts", 1), items("maps", 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("old", "new");
  }

  @Test
  void theMostChangedQuestionsComeFirstAndLossesBeforeGains() {
    Comparison found = compare(items("charts", 0, 1, 1, 0, 0.5), items("charts", 1, 1, 0, 0.25, 0));
    assertThat(found.flips().stream().map(Flip::questionId))
        .containsExactly("q2", "q0", "q4", "q3");
    Flip first = found.flips().getFirst();
    assertThat(first.dataset()).isEqualTo("charts");
    assertThat(first.question()).isEqualTo("How many?");
    assertThat(first.images()).containsExactly(new ItemResult.Image("i2.png", "i2"));
    assertThat(first.golds()).containsExactly("4");
    assertThat(first.scoreA()).isEqualTo(1);
    assertThat(first.scoreB()).isZero();
  }

  @Test
  void noMoreChangedQuestionsAreToldThanAsked() {
    Comparer two = new Comparer(0.05, 99, 0, 2);
    assertThat(
            two
                .compare(
                    run("old", items("charts", RIGHT)),
                    List.of(run("new", items("charts", ALL_WRONG))))
                .getFirst()
                .flips()
                .stream()
                .map(Flip::questionId))
        .containsExactly("q0", "q1");
  }

  @Test
  void theAnswersOfAChangedQuestionAreSaidInAWord() {
    ItemResult before =
        item(
            "charts",
            "human",
            "q",
            "i",
            new Outcome.Scored(1, "four"),
            new Outcome.Scored(1, "four"),
            new Outcome.Unparsed("hm"),
            new Outcome.Abstained("who knows", 0));
    ItemResult after =
        item(
            "charts",
            "human",
            "q",
            "i",
            new Outcome.Failed(FailedStage.CAPTION, FailureKind.TIMEOUT, "late"),
            new Outcome.Unsupported("4 or 5"));
    Flip flip = compare(List.of(before), List.of(after)).flips().getFirst();
    assertThat(flip.answersA()).containsExactly("four", "(unparsed)", "(unanswerable)");
    assertThat(flip.answersB()).containsExactly("(caption failed: timeout)", "4 or 5");
  }

  @Test
  void theCaptionsOfAChangedQuestionAreComparedWordByWord() {
    List<CaptionRecord> before = List.of(SmallRuns.caption("f", "a red bar", "stop", 0, 0));
    List<CaptionRecord> after = List.of(SmallRuns.caption("f", "a blue bar", "stop", 0, 0));
    Flip flip =
        COMPARER
            .compare(
                run(SmallRuns.record("old"), items("charts", 1), before),
                List.of(run(SmallRuns.record("new"), items("charts", 0), after)))
            .getFirst()
            .flips()
            .getFirst();
    assertThat(flip.caption())
        .containsExactly(
            new Segment(Kind.SAME, "a"),
            new Segment(Kind.REMOVED, "red"),
            new Segment(Kind.ADDED, "blue"),
            new Segment(Kind.SAME, "bar"));
    assertThat(compare(items("charts", 1), items("charts", 0)).flips().getFirst().caption())
        .isEmpty();
  }

  @Test
  void theSpeedsAreComparedOrItIsSaidWhyNot() {
    Comparison none = compare(items("charts", RIGHT), items("charts", RIGHT));
    assertThat(none.throughput().ratio()).isNull();
    assertThat(none.throughput().note()).contains("0");
    Comparison timed =
        COMPARER
            .compare(
                run(SmallRuns.record("old"), items("charts", 1), SmallRuns.steady(55, 2000)),
                List.of(
                    run(SmallRuns.record("new"), items("charts", 1), SmallRuns.steady(55, 1000))))
            .getFirst();
    assertThat(timed.throughput().ratio())
        .isNotNull()
        .satisfies(ratio -> assertThat(ratio.ratio()).isCloseTo(2, within(1e-9)));
  }

  private static Comparison compare(List<ItemResult> before, List<ItemResult> after) {
    return COMPARER.compare(run("old", before), List.of(run("new", after))).getFirst();
  }

  private static Row only(Comparison comparison) {
    assertThat(comparison.rows()).hasSize(1);
    return comparison.rows().getFirst();
  }

  private static Outcome scored(double value) {
    return new Outcome.Scored(value, "4");
  }

  private static List<ItemResult> both(List<ItemResult> a, List<ItemResult> b) {
    List<ItemResult> all = new ArrayList<>(a);
    all.addAll(b);
    return all;
  }
}
