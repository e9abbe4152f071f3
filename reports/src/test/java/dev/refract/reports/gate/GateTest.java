package dev.refract.reports.gate;

import static dev.refract.reports.compare.SmallRuns.item;
import static dev.refract.reports.compare.SmallRuns.items;
import static dev.refract.reports.compare.SmallRuns.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.refract.reports.compare.Mismatch;
import dev.refract.reports.compare.RunData;
import dev.refract.reports.compare.SmallRuns;
import dev.refract.reports.gate.GatePolicy.OnInconclusive;
import dev.refract.reports.gate.GatePolicy.Rules;
import dev.refract.reports.gate.GatePolicy.Suite;
import dev.refract.reports.gate.GatePolicy.Throughput;
import dev.refract.reports.gate.GateReport.Check;
import dev.refract.reports.gate.GateReport.Subject;
import dev.refract.reports.gate.GateVerdict.Inconclusive;
import dev.refract.reports.gate.GateVerdict.Pass;
import dev.refract.reports.gate.GateVerdict.Refused;
import dev.refract.reports.gate.GateVerdict.Regression;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.FailedStage;
import dev.refract.reports.result.FailureKind;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.result.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Every verdict of every check, with its limits: just below, at, just above.
class GateTest {

  private static final double[] ALL_RIGHT = {1, 1, 1, 1};

  /// One of ten drops by 1: delta −0.1, standard error 0.1, nine degrees of freedom.
  private static final double[] TEN_RIGHT = {1, 1, 1, 1, 1, 1, 1, 1, 1, 1};

  private static final double[] ONE_OF_TEN_WRONG = {0, 1, 1, 1, 1, 1, 1, 1, 1, 1};

  @Test
  void aDropOfExactlyTheMarginIsARegressionAndOfALittleLessIsNot() {
    double[] dropped = {0.75, 0.75, 0.75, 0.75};
    Check at = only(margin(25.0), ALL_RIGHT, dropped);
    assertThat(at.subject()).isEqualTo(Subject.ACCURACY);
    assertThat(at.name()).isEqualTo("charts");
    assertThat(at.verdict()).isInstanceOf(Regression.class);
    assertThat(at.verdict().words()).contains("-25.0").doesNotContain("within");
    assertThat(at.figures())
        .isEqualTo(new GateReport.Figures(-0.25, -0.25, -0.25, 0, 3, 0.25, 4, 4));
    assertThat(only(margin(24.9), ALL_RIGHT, dropped).verdict()).isInstanceOf(Regression.class);
    GateVerdict inside = only(margin(25.1), ALL_RIGHT, dropped).verdict();
    assertThat(inside).isInstanceOf(Pass.class);
    assertThat(inside.words()).contains("25.1").contains("within");
  }

  @Test
  void theLowerBoundMustLieAboveTheMargin() {
    // Student's t of 9 degrees at 0.95 is 1.83311, so the bound is -0.1 - 0.183311.
    assertThat(only(margin(28.34), TEN_RIGHT, ONE_OF_TEN_WRONG).verdict()).isInstanceOf(Pass.class);
    assertThat(only(margin(28.33), TEN_RIGHT, ONE_OF_TEN_WRONG).verdict())
        .isInstanceOf(Inconclusive.class);
    GateReport.Figures figures =
        Objects.requireNonNull(only(margin(5.0), TEN_RIGHT, ONE_OF_TEN_WRONG).figures());
    assertThat(figures.low()).isCloseTo(-0.2833113, within(1e-6));
    assertThat(figures.high()).isCloseTo(0.0833113, within(1e-6));
    assertThat(figures.standardError()).isCloseTo(0.1, within(1e-12));
    assertThat(figures.degrees()).isEqualTo(9);
  }

  @Test
  void aPassThatMayBeAGainIsNotCalledWorse() {
    assertThat(only(margin(50.0), TEN_RIGHT, ONE_OF_TEN_WRONG).verdict().words())
        .doesNotContain("within");
  }

  @Test
  void attemptsDivideAlpha() {
    // Student's t of 9 degrees at 0.975 is 2.262157.
    assertThat(only(margin(32.63), TEN_RIGHT, ONE_OF_TEN_WRONG, 2).verdict())
        .isInstanceOf(Pass.class);
    assertThat(only(margin(32.62), TEN_RIGHT, ONE_OF_TEN_WRONG, 2).verdict())
        .isInstanceOf(Inconclusive.class);
    GateReport report = judge(margin(1.0), items("charts", 1, 1), items("charts", 1, 1), 4);
    assertThat(report.alpha()).isEqualTo(0.0125);
    assertThat(report.attempts()).isEqualTo(4);
  }

  @Test
  void thePolicysOwnAlphaCounts() {
    // Student's t of 9 degrees at 0.9 is 1.383029.
    assertThat(only(marginAt(0.1, 23.84), TEN_RIGHT, ONE_OF_TEN_WRONG).verdict())
        .isInstanceOf(Pass.class);
    assertThat(only(marginAt(0.1, 23.83), TEN_RIGHT, ONE_OF_TEN_WRONG).verdict())
        .isInstanceOf(Inconclusive.class);
  }

  @Test
  void aRegressionMustBeProvenAfterAllAttempts() {
    // delta -0.8, standard error 0.2, four degrees: t is 2.13 at 0.95 and 5.6 at 0.9975.
    double[] right = {1, 1, 1, 1, 1};
    double[] wrong = {0, 0, 0, 0, 1};
    assertThat(only(margin(10.0), right, wrong, 1).verdict()).isInstanceOf(Regression.class);
    assertThat(only(margin(10.0), right, wrong, 20).verdict()).isInstanceOf(Inconclusive.class);
  }

  @Test
  void anEqualCandidateDoesNotPassAMarginOfZeroAndAGainDoes() {
    double[] half = {0.5, 0.5, 0.5, 0.5};
    GateReport equal = judge(margin(0.0), items("charts", half), items("charts", half), 1);
    assertThat(equal.verdict()).isInstanceOf(Inconclusive.class);
    assertThat(equal.warnings()).singleElement().asString().contains("charts").contains("0");
    assertThat(only(margin(0.0), half, ALL_RIGHT).verdict()).isInstanceOf(Pass.class);
  }

  @Test
  void aMarginOfZeroHasOneWarningWhateverTheData() {
    List<String> equal =
        judge(margin(0.0), items("charts", TEN_RIGHT), items("charts", TEN_RIGHT), 1).warnings();
    assertThat(equal).hasSize(1);
    assertThat(
            judge(margin(0.0), items("charts", TEN_RIGHT), items("charts", ONE_OF_TEN_WRONG), 1)
                .warnings())
        .isEqualTo(equal);
  }

  @Test
  void aGroupIsARegressionBelowAlphaNotAtIt() {
    // One up and one down: no difference, so a drop has a chance of exactly one half.
    GatePolicy policy =
        new GatePolicy(0.5, null, null, null, null, List.of("charts: chart / human"), null);
    Check check = single(judge(policy, items("charts", 0, 1), items("charts", 1, 0), 1));
    assertThat(check.verdict()).isInstanceOf(Pass.class);
    assertThat(check.verdict().words()).contains("0.500");
  }

  @Test
  void questionsOnOneImageProveNothing() {
    List<ItemResult> same = List.of(question("q0", "i", scored(1)), question("q1", "i", scored(1)));
    GateReport report = judge(margin(50.0), same, same, 1);
    assertThat(report.verdict()).isInstanceOf(Inconclusive.class);
    assertThat(report.checks()).hasSize(1);
  }

  @Test
  void aMarginFinerThanTheQuestionsCanProveIsWarnedOf() {
    // (1.644854 + 0.841621) * sqrt(0.1 / 10) = 0.24865; (2.486475 / 0.248)^2 * 0.1 = 10.05.
    GateReport fine =
        judge(margin(24.8), items("charts", TEN_RIGHT), items("charts", ONE_OF_TEN_WRONG), 1);
    assertThat(fine.warnings())
        .singleElement()
        .asString()
        .contains("charts", "24.8", "10", "24.9", "11");
    assertThat(
            judge(margin(24.9), items("charts", TEN_RIGHT), items("charts", ONE_OF_TEN_WRONG), 1)
                .warnings())
        .isEmpty();
    // With alpha 0.025: (1.959964 + 0.841621) * 0.1 = 0.28016.
    assertThat(
            judge(margin(28.0), items("charts", TEN_RIGHT), items("charts", ONE_OF_TEN_WRONG), 2)
                .warnings())
        .hasSize(1);
    assertThat(
            judge(margin(28.1), items("charts", TEN_RIGHT), items("charts", ONE_OF_TEN_WRONG), 2)
                .warnings())
        .isEmpty();
  }

  @Test
  void tooFewQuestionsAreRefused() {
    assertThat(only(rules(1.0, 4, null, null, null), ALL_RIGHT, ALL_RIGHT).verdict())
        .isInstanceOf(Pass.class);
    List<Check> checks =
        judge(
                rules(1.0, 5, null, null, null),
                items("charts", ALL_RIGHT),
                items("charts", ALL_RIGHT),
                1)
            .checks();
    assertThat(checks).hasSize(2);
    assertThat(checks.getFirst().subject()).isEqualTo(Subject.DATA);
    assertThat(checks.getFirst().name()).isEqualTo("charts");
    assertThat(checks.getFirst().verdict()).isInstanceOf(Refused.class);
    assertThat(checks.getFirst().verdict().words()).contains("4 ", "5 ");
    assertThat(checks.getLast().verdict()).isInstanceOf(Pass.class);
  }

  @Test
  void tooFewImagesAreRefused() {
    List<ItemResult> four =
        List.of(
            question("q0", "i0", scored(1)),
            question("q1", "i0", scored(1)),
            question("q2", "i1", scored(1)),
            question("q3", "i1", scored(1)));
    assertThat(judge(rules(null, null, 2, null, null), four, four, 1).checks()).isEmpty();
    Check refused = judge(rules(null, null, 3, null, null), four, four, 1).checks().getFirst();
    assertThat(refused.verdict()).isInstanceOf(Refused.class);
    assertThat(refused.verdict().words()).contains("4 ", "2 ", "3 ");
    assertThat(judge(rules(null, 3, 2, null, null), four, four, 1).checks()).isEmpty();
  }

  @Test
  void failuresOfEitherRunAreRefusedAboveTheirLimit() {
    List<ItemResult> whole = items("charts", ALL_RIGHT);
    List<ItemResult> failing = withFirst(whole, failed());
    GatePolicy at = rules(null, null, null, 25.0, null);
    GatePolicy below = rules(null, null, null, 24.9, null);
    assertThat(judge(at, failing, failing, 1).checks()).isEmpty();
    Check candidate = single(judge(below, whole, failing, 1));
    assertThat(candidate.subject()).isEqualTo(Subject.RATE);
    assertThat(candidate.verdict()).isInstanceOf(Refused.class);
    assertThat(candidate.verdict().words()).contains("candidate", "25.0", "24.9");
    Check baseline = single(judge(below, failing, whole, 1));
    assertThat(baseline.verdict()).isInstanceOf(Refused.class);
    assertThat(baseline.verdict().words()).contains("baseline", "25.0", "24.9");
    assertThat(judge(below, whole, whole, 1).checks()).isEmpty();
  }

  @Test
  void unparsedAnswersOfTheCandidateAreARegressionAboveTheirLimit() {
    List<ItemResult> whole = items("charts", ALL_RIGHT);
    List<ItemResult> unparsed = withFirst(whole, new Outcome.Unparsed("?"));
    GatePolicy at = rules(null, null, null, null, 25.0);
    GatePolicy below = rules(null, null, null, null, 24.9);
    Check passed = single(judge(at, whole, unparsed, 1));
    assertThat(passed.subject()).isEqualTo(Subject.RATE);
    assertThat(passed.name()).isEqualTo("charts");
    assertThat(passed.verdict()).isInstanceOf(Pass.class);
    assertThat(passed.verdict().words()).contains("25.0");
    GateVerdict failed = single(judge(below, whole, unparsed, 1)).verdict();
    assertThat(failed).isInstanceOf(Regression.class);
    assertThat(failed.words()).contains("25.0", "24.9");
    assertThat(single(judge(below, unparsed, whole, 1)).verdict()).isInstanceOf(Pass.class);
  }

  @Test
  void theSuiteIsTheMeanOfTheBenchmarks() {
    List<ItemResult> before = both(items("charts", 1, 1), items("tables", 1, 1, 1));
    List<ItemResult> after = both(items("charts", 0.75, 0.75), items("tables", 1, 1, 1));
    Check at =
        single(judge(suite(new Suite(12.5, null, null, null, null, null)), before, after, 1));
    assertThat(at.subject()).isEqualTo(Subject.ACCURACY);
    assertThat(at.verdict()).isInstanceOf(Regression.class);
    assertThat(at.figures())
        .isEqualTo(new GateReport.Figures(-0.125, -0.125, -0.125, 0, 1, 0.125, 5, 5));
    assertThat(
            single(judge(suite(new Suite(12.6, null, null, null, null, null)), before, after, 1))
                .verdict())
        .isInstanceOf(Pass.class);
  }

  @Test
  void truncatedCaptionsHaveTheirLimit() {
    List<CaptionRecord> captions =
        List.of(
            SmallRuns.caption("a", "one", "stop", 0, 0),
            SmallRuns.caption("b", "one", "length", 0, 0),
            SmallRuns.caption("c", "one", null, 0, 0),
            SmallRuns.caption("d", "one", "stop", 0, 0));
    RunData baseline = run("old", items("charts", ALL_RIGHT));
    RunData candidate = run(SmallRuns.record("new"), items("charts", ALL_RIGHT), captions);
    Check at =
        single(judge(suite(new Suite(null, 25.0, null, null, null, null)), baseline, candidate));
    assertThat(at.subject()).isEqualTo(Subject.CAPTIONS);
    assertThat(at.verdict()).isInstanceOf(Pass.class);
    GateVerdict above =
        single(judge(suite(new Suite(null, 24.9, null, null, null, null)), baseline, candidate))
            .verdict();
    assertThat(above).isInstanceOf(Regression.class);
    assertThat(above.words()).contains("25.0", "24.9");
    assertThat(
            judge(suite(new Suite(null, 0.0, null, null, null, null)), baseline, baseline).checks())
        .isEmpty();
  }

  @Test
  void theLengthOfCaptionsHasItsLimit() {
    List<CaptionRecord> captions =
        List.of(
            SmallRuns.caption("a", "one two", "stop", 0, 0),
            SmallRuns.caption("b", "one two three four", "stop", 0, 0));
    RunData baseline = run("old", items("charts", ALL_RIGHT));
    RunData candidate = run(SmallRuns.record("new"), items("charts", ALL_RIGHT), captions);
    Check at =
        single(judge(suite(new Suite(null, null, 3.0, null, null, null)), baseline, candidate));
    assertThat(at.subject()).isEqualTo(Subject.CAPTIONS);
    assertThat(at.verdict()).isInstanceOf(Pass.class);
    assertThat(
            single(judge(suite(new Suite(null, null, 2.9, null, null, null)), baseline, candidate))
                .verdict())
        .isInstanceOf(Regression.class);
  }

  @Test
  void aGroupThatDroppedIsARegressionAndHolmMakesUpForTheOthers() {
    // Three of ten drop: t = -1.964 with nine degrees, p = 0.0406; twice that is above 0.05.
    List<ItemResult> before = new ArrayList<>();
    List<ItemResult> after = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      before.add(item("charts", "human", "h" + i, "i" + i, scored(1)));
      after.add(item("charts", "human", "h" + i, "i" + i, scored(i < 3 ? 0 : 1)));
      before.add(item("charts", "machine", "m" + i, "i" + i, scored(1)));
      after.add(item("charts", "machine", "m" + i, "i" + i, scored(1)));
    }
    Check alone = single(judge(groups("charts: chart / human"), before, after, 1));
    assertThat(alone.subject()).isEqualTo(Subject.GROUP);
    assertThat(alone.name()).isEqualTo("charts: chart / human");
    assertThat(alone.verdict()).isInstanceOf(Regression.class);
    assertThat(alone.verdict().words()).contains("-30.0", "10", "0.041");
    List<Check> two =
        judge(groups("charts: chart / human", "charts: chart / machine"), before, after, 1)
            .checks();
    assertThat(two.stream().map(Check::name))
        .containsExactly("charts: chart / human", "charts: chart / machine");
    assertThat(two.getFirst().verdict()).isInstanceOf(Pass.class);
    assertThat(two.getFirst().verdict().words()).contains("0.081");
    assertThat(two.getLast().verdict()).isInstanceOf(Pass.class);
    assertThat(single(judge(groups("charts: chart / human"), before, after, 2)).verdict())
        .isInstanceOf(Pass.class);
  }

  @Test
  void aGroupThatIsNotThereIsRefusedAndTheOnesThatAreGetNamed() {
    List<ItemResult> same = items("charts", ALL_RIGHT);
    List<Check> checks =
        judge(groups("charts: chart / robot", "charts: chart / human"), same, same, 1).checks();
    assertThat(checks).hasSize(2);
    assertThat(checks.getFirst().subject()).isEqualTo(Subject.GROUP);
    assertThat(checks.getFirst().name()).isEqualTo("charts: chart / robot");
    assertThat(checks.getFirst().verdict()).isInstanceOf(Refused.class);
    assertThat(checks.getFirst().verdict().words()).contains("charts: chart / human");
    assertThat(checks.getLast().verdict()).isInstanceOf(Pass.class);
  }

  @Test
  void eachBenchmarkHasItsOwnRulesAndOneThatIsMissingIsRefused() {
    Rules wide = new Rules(50.0, null, null, null, null);
    Rules narrow = new Rules(10.0, null, null, null, null);
    GatePolicy policy =
        new GatePolicy(
            null, null, narrow, Map.of("charts", wide, "maps", narrow), null, null, null);
    List<ItemResult> before = both(items("charts", 1, 1), items("tables", 1, 1));
    List<ItemResult> after = both(items("charts", 0.75, 0.75), items("tables", 0.75, 0.75));
    List<Check> checks = judge(policy, before, after, 1).checks();
    assertThat(checks.stream().map(Check::name)).containsExactly("charts", "tables", "maps");
    assertThat(checks.get(0).verdict()).isInstanceOf(Pass.class);
    assertThat(checks.get(1).verdict()).isInstanceOf(Regression.class);
    assertThat(checks.get(2).verdict()).isInstanceOf(Refused.class);
    assertThat(checks.get(2).subject()).isEqualTo(Subject.DATA);
  }

  @Test
  void questionsWithoutAPartnerAreRefusedBesideTheJudgementOfTheOthers() {
    List<Check> checks =
        judge(margin(1.0), items("charts", 1, 1, 1), items("charts", 1, 1), 1).checks();
    assertThat(checks).hasSize(2);
    assertThat(checks.getFirst().subject()).isEqualTo(Subject.DATA);
    assertThat(checks.getFirst().verdict()).isInstanceOf(Refused.class);
    assertThat(checks.getFirst().verdict().words()).contains("1 ");
    assertThat(checks.getLast().verdict()).isInstanceOf(Pass.class);
  }

  @Test
  void runsThatDifferAreRefusedUnlessTheDifferenceIsMeant() {
    RunData baseline = run("old", items("charts", ALL_RIGHT));
    RunRecord other =
        SmallRuns.record(
            "new",
            SmallRuns.CAPTIONER,
            SmallRuns.ANSWERER,
            SmallRuns.protocol("other", "Describe.", 1),
            new RunRecord.TrialCounts(1, 2, List.of()),
            List.of(SmallRuns.dataset("charts", "sha256:0", 4)),
            SmallRuns.MACHINE);
    RunData candidate = run(other, items("charts", ALL_RIGHT), List.of());
    Check refused = single(Gate.judge(margin(1.0), baseline, candidate, Set.of(), 1));
    assertThat(refused.subject()).isEqualTo(Subject.DATA);
    assertThat(refused.verdict()).isInstanceOf(Refused.class);
    assertThat(refused.verdict().words()).contains("protocol", "asking");
    Check half = single(Gate.judge(margin(1.0), baseline, candidate, Set.of(Mismatch.PROTOCOL), 1));
    assertThat(half.verdict()).isInstanceOf(Refused.class);
    assertThat(half.verdict().words()).contains("asking").doesNotContain("protocol");
    Set<Mismatch> meant = Set.of(Mismatch.PROTOCOL, Mismatch.ASKING);
    assertThat(single(Gate.judge(margin(1.0), baseline, candidate, meant, 1)).verdict())
        .isInstanceOf(Pass.class);
  }

  @Test
  void aThroughputPassesAboveItsRatioAndIsARegressionBelow() {
    RunData baseline = timed("old", 55, 1000);
    RunData candidate = timed("new", 55, 1000);
    Check passed = single(judge(throughput(0.99), baseline, candidate));
    assertThat(passed.subject()).isEqualTo(Subject.THROUGHPUT);
    assertThat(passed.name()).isEqualTo("captions/s");
    assertThat(passed.verdict()).isInstanceOf(Pass.class);
    assertThat(passed.verdict().words()).contains("1.00", "0.99");
    assertThat(single(judge(throughput(1.0), baseline, candidate)).verdict())
        .isInstanceOf(Inconclusive.class);
    assertThat(single(judge(throughput(1.01), baseline, candidate)).verdict())
        .isInstanceOf(Regression.class);
  }

  @Test
  void theRatioIsTheCandidatesOverTheBaselines() {
    RunData slow = timed("old", 55, 2000);
    RunData fast = timed("new", 55, 1000);
    assertThat(single(judge(throughput(1.9), slow, fast)).verdict()).isInstanceOf(Pass.class);
    assertThat(single(judge(throughput(0.6), fast, slow)).verdict()).isInstanceOf(Regression.class);
  }

  @Test
  void aThroughputOfTooFewCaptionsIsRefused() {
    Check refused = single(judge(throughput(0.5), timed("old", 55, 1000), timed("new", 54, 1000)));
    assertThat(refused.subject()).isEqualTo(Subject.THROUGHPUT);
    assertThat(refused.verdict()).isInstanceOf(Refused.class);
    assertThat(refused.verdict().words()).contains("54");
  }

  @Test
  void theReportSaysWhatWasHeldAgainstWhat() {
    GatePolicy policy =
        new GatePolicy(
            null,
            OnInconclusive.PASS,
            new Rules(1.0, null, null, null, null),
            null,
            null,
            null,
            null);
    GateReport report = judge(policy, items("charts", 1, 1), items("charts", 1, 1), 1);
    assertThat(report.baseline()).isEqualTo("old");
    assertThat(report.candidate()).isEqualTo("new");
    assertThat(report.baselineDigest()).isEqualTo("digest of old");
    assertThat(report.candidateDigest()).isEqualTo("digest of new");
    assertThat(report.failsInconclusive()).isFalse();
    assertThat(report.alpha()).isEqualTo(0.05);
  }

  @Test
  void rulesThatAskNothingCheckNothing() {
    GateReport report =
        judge(rules(null, null, null, null, null), items("charts", 1), items("charts", 0), 1);
    assertThat(report.checks()).isEmpty();
    assertThat(report.verdict()).isInstanceOf(Refused.class);
  }

  private static GatePolicy rules(
      @Nullable Double margin,
      @Nullable Integer questions,
      @Nullable Integer images,
      @Nullable Double failed,
      @Nullable Double unparsed) {
    Rules rules = new Rules(margin, questions, images, failed, unparsed);
    return new GatePolicy(null, null, rules, null, null, null, null);
  }

  private static GatePolicy margin(double margin) {
    return rules(margin, null, null, null, null);
  }

  private static GatePolicy marginAt(double alpha, double margin) {
    Rules rules = new Rules(margin, null, null, null, null);
    return new GatePolicy(alpha, null, rules, null, null, null, null);
  }

  private static GatePolicy suite(Suite suite) {
    return new GatePolicy(null, null, null, null, suite, null, null);
  }

  private static GatePolicy groups(String... names) {
    return new GatePolicy(null, null, null, null, null, List.of(names), null);
  }

  private static GatePolicy throughput(double ratio) {
    return new GatePolicy(null, null, null, null, null, null, new Throughput(ratio));
  }

  private static GateReport judge(
      GatePolicy policy, List<ItemResult> before, List<ItemResult> after, int attempts) {
    return Gate.judge(policy, run("old", before), run("new", after), Set.of(), attempts);
  }

  private static GateReport judge(GatePolicy policy, RunData baseline, RunData candidate) {
    return Gate.judge(policy, baseline, candidate, Set.of(), 1);
  }

  private static Check only(GatePolicy policy, double[] before, double[] after) {
    return only(policy, before, after, 1);
  }

  private static Check only(GatePolicy policy, double[] before, double[] after, int attempts) {
    return single(judge(policy, items("charts", before), items("charts", after), attempts));
  }

  private static Check single(GateReport report) {
    assertThat(report.checks()).hasSize(1);
    return report.checks().getFirst();
  }

  private static RunData timed(String name, int captions, long millis) {
    return run(
        SmallRuns.record(name), items("charts", ALL_RIGHT), SmallRuns.steady(captions, millis));
  }

  private static ItemResult question(String id, String image, Outcome outcome) {
    return item("charts", "human", id, image, outcome);
  }

  private static Outcome scored(double value) {
    return new Outcome.Scored(value, "4");
  }

  private static Outcome failed() {
    return new Outcome.Failed(FailedStage.ANSWER, FailureKind.TIMEOUT, "late");
  }

  private static List<ItemResult> withFirst(List<ItemResult> items, Outcome outcome) {
    List<ItemResult> changed = new ArrayList<>(items);
    changed.set(0, question("q0", "i0", outcome));
    return changed;
  }

  private static List<ItemResult> both(List<ItemResult> a, List<ItemResult> b) {
    List<ItemResult> all = new ArrayList<>(a);
    all.addAll(b);
    return all;
  }
}
