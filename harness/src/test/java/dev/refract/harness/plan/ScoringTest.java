package dev.refract.harness.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.refract.harness.dataset.Question;
import dev.refract.manifest.MetricMode;
import dev.refract.manifest.MetricName;
import dev.refract.manifest.Protocol.Parser;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.result.Outcome.Basis;
import dev.refract.reports.result.RunRecord;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of a reply: scored, unparsed, abstained, unsupported or unscored.
class ScoringTest {

  private static final List<Integer> AS_IN_THE_DATA = List.of(0, 1, 2);

  private static Question free(String metric, String... golds) {
    return new Question("q1", "g", "Why?", List.of(), List.of(golds), metric);
  }

  private static Question choice(String metric, String... golds) {
    return new Question(
        "q1", "g", "Which?", List.of("red", "blue", "pink"), List.of(golds), metric);
  }

  private static Outcome lenient(Question question, List<Integer> order, String reply) {
    return Scoring.LENIENT.score(question, "chart", order, reply);
  }

  private static Outcome scored(double value, String answer) {
    return new Outcome.Scored(value, answer);
  }

  /// Scored as the benchmark's own script would, from the reply itself.
  private static Outcome ofReply(double value, String answer) {
    return new Outcome.Scored(value, answer, Basis.REPLY);
  }

  @ParameterizedTest
  @CsvSource({
    "anls,U.S.",
    "relaxed_accuracy,U.S.",
    "anls,7:30 a.m.",
    "contains,Acme Inc.",
    "exact_match,No.",
    "exact_match,__init__",
    "anls,2*3*4",
    "anls,Answer: 42",
    "vqa_score,Unanswerable",
    "chartqapro,unanswerable",
    "exact_match,\"Hello\"",
    "math,\\frac{1}{2}"
  })
  void aReplyThatIsTheGoldIsRightWhateverTheParserWouldTakeAway(String metric, String gold) {
    Outcome outcome = lenient(free(metric, gold), List.of(), gold);
    assertThat(outcome).isEqualTo(ofReply(1, ((Outcome.Scored) outcome).answer()));
  }

  @Test
  void aGoldUnderAWrappingAndAFullStopIsRight() {
    assertThat(lenient(free("anls", "U.S."), List.of(), "The answer is \"U.S.\".").score()).isOne();
    assertThat(
            lenient(free("exact_match", "Unanswerable"), List.of(), "It may be **unanswerable**")
                .score())
        .isZero();
    assertThat(lenient(free("exact_match", "Unanswerable"), List.of(), "**Unanswerable**").score())
        .isOne();
  }

  @Test
  void cutThoughtsAreNoAnswerEvenForAMetricThatLooksInside() {
    String cut = "<think>\nIt may be the CENTRE";
    assertThat(lenient(free("contains", "CENTRE"), List.of(), cut))
        .isEqualTo(new Outcome.Unparsed(cut));
  }

  @Test
  void aLongReplyIsScoredWholeAlthoughItIsNoShortAnswer() {
    String filler = "word ".repeat(500);
    assertThat(lenient(free("contains", "red"), List.of(), filler + "red").score()).isOne();
    assertThat(lenient(free("contains", "red"), List.of(), filler))
        .isEqualTo(new Outcome.Unparsed(filler));
  }

  @Test
  void oneAnswerOfVqaStandsForTen() {
    assertThat(lenient(free("vqa_score", "red"), List.of(), "red").score()).isOne();
  }

  @Test
  void aBenchmarksOwnRulesAreReadInTheOrderShown() {
    Question question = choice("mmmu", "C");
    String reply = "All in all I would take (A)";
    assertThat(lenient(question, List.of(2, 0, 1), reply)).isEqualTo(ofReply(1, "C"));
  }

  @Test
  void aShortAnswerIsScoredByTheQuestionsMetric() {
    Question question = free("exact_match", "red");
    assertThat(lenient(question, List.of(), "The answer is Red.")).isEqualTo(scored(1, "Red"));
    assertThat(lenient(question, List.of(), "blue")).isEqualTo(scored(0, "blue"));
  }

  @Test
  void aReplyOfNothingIsUnparsedAndKept() {
    assertThat(lenient(free("exact_match", "red"), List.of(), " "))
        .isEqualTo(new Outcome.Unparsed(" "));
    assertThat(lenient(choice("choice", "A"), AS_IN_THE_DATA, "A or B"))
        .isEqualTo(new Outcome.Unparsed("A or B"));
  }

  @Test
  void anAbstentionIsWorthNothing() {
    assertThat(lenient(free("exact_match", "red"), List.of(), "Unanswerable."))
        .isEqualTo(new Outcome.Abstained("Unanswerable.", 0));
  }

  @Test
  void aSecretGoldLeavesAnAnswerUnscored() {
    assertThat(lenient(free("anls"), List.of(), "red")).isEqualTo(new Outcome.Unscored("red"));
  }

  @Test
  void whatTheMetricCannotTellIsUnsupported() {
    assertThat(lenient(free("math", "\\int_0^1 x^2 dx"), List.of(), "\\sum_{k=1}^{n} k"))
        .isEqualTo(new Outcome.Unsupported("\\sum_{k=1}^{n} k"));
  }

  @Test
  void yesOrNoIsReadWhereTheQuestionWantsIt() {
    Question plain = free("exact_match", "no");
    Question yesNo =
        new Question(
            "q1",
            "g",
            "Is it?",
            List.of(),
            List.of("no"),
            "exact_match",
            Map.of(Scoring.ANSWER_FORM, Scoring.YES_NO));
    assertThat(lenient(yesNo, List.of(), "No, it is red")).isEqualTo(scored(1, "no"));
    assertThat(lenient(plain, List.of(), "No, it is red")).isEqualTo(scored(0, "No, it is red"));
  }

  @Test
  void aLetterMeansTheOptionThatWasShownThere() {
    Question question = choice("choice", "C");
    assertThat(lenient(question, AS_IN_THE_DATA, "C")).isEqualTo(ofReply(1, "C"));
    assertThat(lenient(question, List.of(2, 0, 1), "A")).isEqualTo(ofReply(1, "C"));
    assertThat(lenient(question, List.of(2, 0, 1), "C")).isEqualTo(scored(0, "B"));
    assertThat(lenient(question, List.of(2, 0, 1), "The answer is pink."))
        .isEqualTo(scored(1, "C"));
  }

  @Test
  void theOptionThatTheCaptionDoesNotTellIsAnAbstentionWithItsReward() {
    Question question = choice("captionqa", "C");
    List<Integer> order = List.of(3, 0, 1, 2);
    for (String reply : List.of("A", "Cannot answer from the caption")) {
      assertThat(lenient(question, order, reply))
          .isInstanceOfSatisfying(
              Outcome.Abstained.class,
              abstained -> {
                assertThat(abstained.reply()).isEqualTo(reply);
                assertThat(abstained.value()).isCloseTo(1.0 / 3 + 0.05, within(1e-12));
              });
    }
    assertThat(lenient(question, order, "D")).isEqualTo(ofReply(1, "C"));
  }

  @Test
  void theFirstLetterCountsAmongTheOptionsThatWereShown() {
    Scoring first = new Scoring(Parser.FIRST_LETTER, null, MetricMode.OFFICIAL);
    Question question = choice("captionqa", "C");
    assertThat(first.score(question, "chart", List.of(3, 0, 1, 2), "I say D"))
        .isInstanceOf(Outcome.Unparsed.class); // I stands by itself and is no option
    assertThat(first.score(question, "chart", List.of(3, 0, 1, 2), "so D"))
        .isEqualTo(ofReply(1, "C"));
    assertThat(first.score(question, "chart", AS_IN_THE_DATA, "so D"))
        .isEqualTo(new Outcome.Unparsed("so D"));
  }

  @Test
  void theProtocolsMetricReplacesTheQuestions() {
    Scoring replaced = new Scoring(Parser.LENIENT, MetricName.EXACT_MATCH, MetricMode.OFFICIAL);
    Question question = free("anls", "hello");
    assertThat(replaced.metricOf(question)).isEqualTo("exact_match");
    assertThat(Scoring.LENIENT.metricOf(question)).isEqualTo("anls");
    assertThat(replaced.score(question, "chart", List.of(), "hallo")).isEqualTo(scored(0, "hallo"));
    assertThat(lenient(question, List.of(), "hallo").score()).isCloseTo(0.8, within(1e-12));
  }

  @Test
  void theModeReachesTheMetric() {
    Question question = free("anls", "ab");
    Scoring strict = new Scoring(Parser.LENIENT, null, MetricMode.STRICT);
    assertThat(strict.score(question, "chart", List.of(), "ax")).isEqualTo(scored(0, "ax"));
    assertThat(lenient(question, List.of(), "ax")).isEqualTo(ofReply(0.5, "ax"));
  }

  @Test
  void theCategoryAndTheAttributesReachTheMetric() {
    Question year =
        new Question(
            "q", "g", "When?", List.of(), List.of("2010"), "chartqapro", Map.of("year", "YES"));
    assertThat(lenient(year, List.of(), "2011")).isEqualTo(scored(0, "2011"));
    Question caprl = free("caprl", "2010");
    assertThat(Scoring.LENIENT.score(caprl, "chart", List.of(), "2019"))
        .isEqualTo(scored(1, "2019"));
    Question word = free("caprl", "hello");
    assertThat(Scoring.LENIENT.score(word, "infographic", List.of(), "hallo").score())
        .isCloseTo(0.8, within(1e-12));
  }

  @Test
  void onlyTheBoxedParserTakesNoAnswerForAnEmptyOne() {
    Scoring boxed = new Scoring(Parser.BOXED, MetricName.MATH, MetricMode.OFFICIAL);
    Question unreadable = free("math", "x\ny"); // right for anything
    assertThat(boxed.score(unreadable, "chart", List.of(), "no box")).isEqualTo(ofReply(1, ""));
    assertThat(boxed.score(free("math", "4"), "chart", List.of(), "no box"))
        .isEqualTo(new Outcome.Unparsed("no box"));
    assertThat(boxed.score(free("math"), "chart", List.of(), "no box"))
        .isEqualTo(new Outcome.Unparsed("no box"));
    assertThat(lenient(unreadable, List.of(), " ")).isEqualTo(new Outcome.Unparsed(" "));
  }

  @Test
  void aProtocolTellsHowToScore() {
    assertThat(
            Scoring.of(
                Protocols.of(
                    true, null, Parser.FIRST_LETTER, MetricName.CAPTIONQA, MetricMode.STRICT)))
        .isEqualTo(new Scoring(Parser.FIRST_LETTER, MetricName.CAPTIONQA, MetricMode.STRICT));
  }

  private static RunRecord.Protocol recorded(@Nullable String metric) {
    return new RunRecord.Protocol(
        "tiny", 1, "d", "p", 1, "chat", null, "t", "first_letter", metric, "official");
  }

  @Test
  void aFinishedRunIsScoredAsItWasButForTheMode() {
    assertThat(Scoring.of(recorded("captionqa"), MetricMode.STRICT))
        .isEqualTo(new Scoring(Parser.FIRST_LETTER, MetricName.CAPTIONQA, MetricMode.STRICT));
    assertThat(Scoring.of(recorded(null), MetricMode.OFFICIAL))
        .isEqualTo(new Scoring(Parser.FIRST_LETTER, null, MetricMode.OFFICIAL));
  }

  @Test
  void aSavedResultIsItsQuestionAgain() {
    ItemResult item =
        new ItemResult(
            "d",
            "q7",
            List.of(),
            "chart",
            "human",
            "Which?",
            List.of("red", "blue"),
            List.of("B"),
            "choice",
            Map.of("year", "NO"),
            null,
            List.of());
    assertThat(Scoring.question(item))
        .isEqualTo(
            new Question(
                "q7",
                "human",
                "Which?",
                List.of("red", "blue"),
                List.of("B"),
                "choice",
                Map.of("year", "NO")));
  }
}
