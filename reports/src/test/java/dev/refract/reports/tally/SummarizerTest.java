package dev.refract.reports.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.refract.reports.file.RunJson;
import dev.refract.reports.result.CaptionHealth;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.Ending;
import dev.refract.reports.result.FailedStage;
import dev.refract.reports.result.FailureKind;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.result.RequestTime;
import dev.refract.reports.result.Summary;
import dev.refract.reports.result.TokenCounts;
import dev.refract.reports.result.Trial;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummarizerTest {

  @Test
  void failuresCountAsWrongAndTheAccuracyWithoutThemIsAlsoShown() {
    Summary summary =
        Summarizer.summarize(
            List.of(
                item("1", "a", new Outcome.Scored(1, "x")),
                item("2", "a", new Outcome.Scored(0.5, "x")),
                item("3", "b", new Outcome.Unparsed("?")),
                item("4", "b", new Outcome.Abstained("unanswerable", 0)),
                item(
                    "5", "c", new Outcome.Failed(FailedStage.ANSWER, FailureKind.TIMEOUT, "late"))),
            new CaptionTally());
    Summary.Group group = summary.datasets().getFirst();
    assertThat(group.planned()).isEqualTo(5);
    assertThat(
            List.of(
                group.scored(),
                group.outcomes().unparsed(),
                group.outcomes().abstained(),
                group.outcomes().failed()))
        .containsExactly(2, 1, 1, 1);
    assertThat(group.accuracy().mean()).isCloseTo(0.3, within(1e-12));
    assertThat(group.withoutFailures()).isCloseTo(0.375, within(1e-12));
    assertThat(group.images()).isEqualTo(3);
  }

  @Test
  void timeInWhichNothingWasDoneDoesNotCount() {
    Spans spans = new Spans();
    spans.add(10_001, 1);
    spans.add(1, 1);
    spans.add(501, 1.5);
    spans.add(601, 0.1);
    spans.add(0, 99); // reused
    assertThat(spans.seconds()).isEqualTo(3);
    assertThat(spans.size()).isEqualTo(4);
    assertThat(new Spans().seconds()).isZero();
    CaptionTally captions =
        CaptionTally.of(List.of(caption("f", 1, 2), caption("g", 1, 2), caption("h", 900_000, 2)));
    Summary summary =
        Summarizer.summarize(List.of(item("1", "a", new Outcome.Scored(1, "x"))), captions);
    assertThat(summary.timing().captionsPerSecond()).isCloseTo(0.75, within(1e-12));
  }

  @Test
  void aRunRecordIsTheSameAfterWritingAndReading() {
    ItemResult item =
        item(
            "1",
            "a",
            new Outcome.Failed(FailedStage.CAPTION, FailureKind.IMAGE, "damaged \"PNG\"\n"));
    assertThat(RunJson.MAPPER.readValue(RunJson.text(item), ItemResult.class)).isEqualTo(item);
    assertThat(RunJson.text(item))
        .doesNotContain("\n")
        .contains("\"outcome\":{\"type\":\"failed\"");
  }

  @Test
  void captionsAreAveragedAndTheBestOfThemIsAnOracle() {
    Summary.Group group =
        summary(
                item(
                    "1",
                    List.of(),
                    "x",
                    trial(0, 0, 0, new Outcome.Scored(1, "x")),
                    trial(1, 0, 0, new Outcome.Scored(0, "y"))),
                item(
                    "2",
                    List.of(),
                    "x",
                    trial(0, 0, 0, new Outcome.Scored(0, "y")),
                    trial(1, 0, 0, new Outcome.Scored(0, "y"))))
            .datasets()
            .getFirst();
    assertThat(group.accuracy().mean()).isCloseTo(0.25, within(1e-12));
    assertThat(group.best()).isCloseTo(0.5, within(1e-12));
    assertThat(group.answers()).isEqualTo(4);
    assertThat(group.planned()).isEqualTo(2);
    assertThat(group.circular()).isNull();
  }

  @Test
  void circularScoringRequiresEveryRotationRightAndLettersAreCountedAsShown() {
    List<String> choices = List.of("red", "blue");
    Trial asIs = trial(0, 0, 0, List.of(0, 1), new Outcome.Scored(1, "B"));
    Trial moved = trial(0, 1, 0, List.of(1, 0), new Outcome.Scored(0, "A"));
    Summary summary =
        summary(item("1", choices, "B", asIs, moved), item("2", choices, "B", asIs, asIs));
    Summary.Group group = summary.datasets().getFirst();
    assertThat(group.accuracy().mean()).isCloseTo(0.75, within(1e-12));
    assertThat(group.circular()).isCloseTo(0, within(1e-12)); // the second has no rotation
    // Shown order B, A: the wrong option A had letter B, the right one had letter A.
    assertThat(summary.letters())
        .containsExactly(
            Map.entry("A", new Summary.Letter(0, 1)), Map.entry("B", new Summary.Letter(4, 3)));
  }

  @Test
  void repeatsBudgetsAndJudgementsAreSeparateFromTheAccuracy() {
    Trial whole = trial(0, 0, 0, new Outcome.Scored(1, "x"));
    Trial again = trial(0, 0, 1, new Outcome.Scored(0, "y"));
    Trial cut =
        new Trial(0, 0, 0, 64, List.of(), List.of("f"), "p", "r", new Outcome.Scored(0, "y"), null);
    Trial judged =
        new Trial(
            0,
            0,
            0,
            0,
            List.of(),
            List.of("f"),
            "p",
            "r",
            new Outcome.Scored(0, "y"),
            new Outcome.Scored(1, "CORRECT"));
    Summary summary = summary(item("1", List.of(), "x", whole, again, cut));
    assertThat(summary.overall().accuracy().mean()).isCloseTo(0.5, within(1e-12));
    assertThat(summary.datasets().getFirst().repeats()).containsExactly(1.0, 0.0);
    assertThat(summary.budgets().stream().map(Summary.Budget::pieces)).containsExactly(64, 0);
    assertThat(summary.budgets().getFirst().accuracy().mean()).isZero();
    assertThat(summary.budgets().getLast().accuracy().mean()).isOne(); // the first time only
    Summary.Group group = summary(item("1", List.of(), "x", judged)).datasets().getFirst();
    assertThat(group.accuracy().mean()).isZero();
    assertThat(java.util.Objects.requireNonNull(group.judged()).score().mean()).isOne();
  }

  @Test
  void captionHealthIncludesTheScoreOfCaptionsThatWereNotTruncated() {
    List<CaptionRecord> captions =
        List.of(
            caption("f", "This description covers all. <|im_end|></s>", "stop"),
            caption("g", "again and again ".repeat(40), "length"));
    Trial cut =
        new Trial(0, 0, 0, 0, List.of(), List.of("g"), "p", "r", new Outcome.Scored(0, "y"), null);
    Summary summary =
        Summarizer.summarize(
            List.of(
                item("1", List.of(), "x", trial(0, 0, 0, new Outcome.Scored(1, "x"))),
                item("2", List.of(), "x", cut)),
            CaptionTally.of(captions));
    CaptionHealth health = summary.health();
    assertThat(List.of(health.truncated(), health.looping(), health.meta()))
        .containsExactly(1, 1, 1);
    assertThat(List.of(health.controlTokens(), health.withControlTokens())).containsExactly(2, 1);
    assertThat(health.withoutTruncated().mean()).isOne();
    assertThat(summary.overall().accuracy().mean()).isCloseTo(0.5, within(1e-12));
  }

  private static Summary summary(ItemResult... items) {
    return Summarizer.summarize(List.of(items), new CaptionTally());
  }

  private static CaptionRecord caption(String fingerprint, String text, String end) {
    return new CaptionRecord(
        fingerprint,
        "d",
        "i",
        fingerprint,
        0,
        null,
        text,
        Ending.of(end),
        new TokenCounts(null, null, null, null),
        null,
        null,
        new RequestTime(0, 0));
  }

  private static CaptionRecord caption(String fingerprint, long started, double seconds) {
    return new CaptionRecord(
        fingerprint,
        "d",
        "i",
        "s",
        0,
        null,
        "text",
        Ending.of("stop"),
        new TokenCounts(null, null, 9, null),
        null,
        null,
        new RequestTime(started, seconds));
  }

  private static Trial trial(int sample, int rotation, int repeat, Outcome outcome) {
    return trial(sample, rotation, repeat, List.of(), outcome);
  }

  private static Trial trial(
      int sample, int rotation, int repeat, List<Integer> order, Outcome outcome) {
    return new Trial(sample, rotation, repeat, 0, order, List.of("f"), "p", "r", outcome, null);
  }

  private static ItemResult item(String id, String image, Outcome outcome) {
    return item(id, image, List.of(), "x", List.of(trial(0, 0, 0, outcome)));
  }

  private static ItemResult item(String id, List<String> choices, String gold, Trial... trials) {
    return item(id, "image-" + id, choices, gold, List.of(trials));
  }

  private static ItemResult item(
      String id, String image, List<String> choices, String gold, List<Trial> trials) {
    return new ItemResult(
        "d",
        id,
        List.of(new ItemResult.Image(image, image)),
        "chart",
        "human",
        "q?",
        choices,
        List.of(gold),
        "anls",
        Map.of(),
        null,
        trials);
  }
}
