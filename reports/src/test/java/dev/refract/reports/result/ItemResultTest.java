package dev.refract.reports.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

/// What the trials of one question make of it.
class ItemResultTest {

  private static final Outcome LATE =
      new Outcome.Failed(FailedStage.ANSWER, FailureKind.TIMEOUT, "late");

  @Test
  void theScoreIsTheMeanOfTheTrialsThatCount() {
    assertThat(item(trial(0, 0, 0, 1), trial(0, 0, 1, 0), trial(0, 0, 2, 0.5)).score())
        .isCloseTo(0.5, within(1e-12));
    assertThat(item(trial(0, 0, 0, 1), cut(0)).score()).isEqualTo(1);
    assertThat(item(trial(0, 0, 0, 1), trial(0, 0, 1, LATE)).score()).isEqualTo(0.5);
    assertThat(item(cut(1)).score()).isZero();
    assertThat(item(trial(0, 0, 0, 1), cut(0)).scoredTrials()).hasSize(1);
  }

  @Test
  void theBestIsThatOfTheBestCaptionsMean() {
    ItemResult item =
        item(
            trial(0, 0, 0, 1),
            trial(0, 0, 1, 0),
            trial(1, 0, 0, 1),
            trial(1, 0, 1, 0.5),
            trial(2, 0, 0, 0),
            cut(1));
    assertThat(item.best()).isEqualTo(0.75);
    assertThat(item(cut(1)).best()).isZero();
  }

  @Test
  void circularIsTheShareThatIsRightInEveryRotation() {
    ItemResult item =
        item(
            trial(0, 0, 0, 1),
            trial(0, 1, 0, 1), // right twice
            trial(0, 0, 1, 1),
            trial(0, 1, 1, 0), // wrong once
            trial(1, 0, 0, 0.9),
            trial(1, 1, 0, 1), // almost right once
            trial(1, 0, 1, 0),
            trial(1, 1, 1, 0));
    assertThat(item.circular()).isEqualTo(0.25);
    assertThat(item(trial(0, 0, 0, 1), trial(0, 1, 0, 1), cut(0)).circular()).isEqualTo(1);
    assertThat(item(trial(0, 0, 0, 0), trial(0, 1, 0, 1)).circular()).isZero();
    assertThat(item(cut(1)).circular()).isZero();
  }

  @Test
  void repeatsHaveTheirMeansInOrder() {
    assertThat(
            item(trial(0, 0, 2, 1), trial(0, 0, 0, 1), trial(1, 0, 0, 0), trial(0, 0, 1, 0), cut(1))
                .repeats())
        .containsExactly(Map.entry(0, 0.5), Map.entry(1, 0.0), Map.entry(2, 1.0));
  }

  @Test
  void aFailureStandsForTheQuestionElseTheFirst() {
    Trial first = trial(0, 0, 0, 1);
    Trial failed = trial(0, 0, 1, LATE);
    assertThat(item(first, trial(0, 0, 2, 0)).representative()).isEqualTo(first);
    assertThat(item(first, failed, trial(0, 0, 2, LATE)).representative()).isEqualTo(failed);
    assertThat(item(cut(1), first).representative()).isEqualTo(first);
    assertThatThrownBy(() -> item(cut(1)).representative())
        .isInstanceOf(NoSuchElementException.class);
  }

  @Test
  void imagesNameTheClusterByContentAndPeopleByName() {
    ItemResult item = item();
    assertThat(item.cluster()).isEqualTo("s1+s2");
    assertThat(item.imageNames()).isEqualTo("a.png + b.png");
  }

  @Test
  void otherTrialsLeaveTheQuestionAsItIs() {
    ItemResult item = item(trial(0, 0, 0, 1));
    Trial other = trial(0, 0, 0, 0);
    ItemResult changed = item.with(List.of(other));
    assertThat(changed.trials()).containsExactly(other);
    assertThat(changed).usingRecursiveComparison().ignoringFields("trials").isEqualTo(item);
  }

  @Test
  void aTrialWithAnotherOutcomeIsTheSameTrial() {
    Trial trial = new Trial(1, 2, 3, 4, List.of(5), List.of("c"), "p", "r", LATE, LATE);
    Outcome right = new Outcome.Scored(1, "x");
    assertThat(trial.with(right))
        .isEqualTo(new Trial(1, 2, 3, 4, List.of(5), List.of("c"), "p", "r", right, LATE));
    assertThat(trial.counts()).isFalse();
    assertThat(trial(0, 0, 0, 1).counts()).isTrue();
  }

  private static Trial trial(int sample, int rotation, int repeat, double score) {
    return trial(sample, rotation, repeat, new Outcome.Scored(score, "x"));
  }

  private static Trial trial(int sample, int rotation, int repeat, Outcome outcome) {
    return new Trial(sample, rotation, repeat, 0, List.of(), List.of(), null, null, outcome, null);
  }

  /// On a caption that was cut, which counts nowhere.
  private static Trial cut(double score) {
    return new Trial(
        0, 0, 0, 64, List.of(), List.of(), null, null, new Outcome.Scored(score, "x"), null);
  }

  private static ItemResult item(Trial... trials) {
    return new ItemResult(
        "d",
        "q",
        List.of(new ItemResult.Image("a.png", "s1"), new ItemResult.Image("b.png", "s2")),
        "c",
        "g",
        "?",
        List.of(),
        List.of("x"),
        "anls",
        Map.of(),
        null,
        List.of(trials));
  }
}
