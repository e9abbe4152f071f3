package dev.refract.reports.tally;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.refract.reports.result.FailedStage;
import dev.refract.reports.result.FailureKind;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.result.Summary;
import dev.refract.reports.result.Trial;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The counts of a group, the numbers of its images and its means.
class GroupTallyTest {

  private static final Outcome RIGHT = new Outcome.Scored(1, "x");
  private static final Outcome WRONG = new Outcome.Scored(0, "y");
  private static final Outcome LATE =
      new Outcome.Failed(FailedStage.ANSWER, FailureKind.TIMEOUT, "late");

  @Test
  void everyOutcomeHasItsCount() {
    Summary.Group group =
        tally(
            item("a", trial(0, 0, 0, RIGHT)),
            item("a", trial(0, 0, 0, WRONG)),
            item("a", trial(0, 0, 0, new Outcome.Scored(0.5, "z"))),
            item("b", trial(0, 0, 0, new Outcome.Unparsed("?"))),
            item("b", trial(0, 0, 0, new Outcome.Abstained("who knows", 1))),
            item("b", trial(0, 0, 0, new Outcome.Abstained("who knows", 0))),
            item("c", trial(0, 0, 0, new Outcome.Unsupported("1 or 2"))),
            item("c", trial(0, 0, 0, LATE)));
    assertThat(group.name()).isEqualTo("name");
    assertThat(group.images()).isEqualTo(3);
    assertThat(group.planned()).isEqualTo(8);
    assertThat(group.answers()).isEqualTo(8);
    assertThat(group.scored()).isEqualTo(3);
    assertThat(group.outcomes()).isEqualTo(new Summary.OutcomeCounts(2, 1, 2, 1, 1));
    assertThat(group.accuracy().mean()).isCloseTo(2.5 / 8, within(1e-12));
    assertThat(group.withoutFailures()).isCloseTo(2.5 / 7, within(1e-12));
    assertThat(group.best()).isNull();
    assertThat(group.circular()).isNull();
    assertThat(group.repeats()).isEmpty();
    assertThat(group.judged()).isNull();
  }

  @Test
  void whatFailedOnceOfTwiceIsLeftOutOfTheBoundAlone() {
    Summary.Group group = tally(item("a", trial(0, 0, 0, LATE), trial(0, 0, 1, RIGHT)));
    assertThat(group.accuracy().mean()).isEqualTo(0.5);
    assertThat(group.withoutFailures()).isEqualTo(1);
    assertThat(tally(item("a", trial(0, 0, 0, LATE))).withoutFailures()).isZero();
  }

  @Test
  void theBestOfSeveralCaptionsIsToldWhereThereAreSeveral() {
    Summary.Group group =
        tally(
            item("a", trial(0, 0, 0, WRONG), trial(1, 0, 0, RIGHT)),
            item("b", trial(0, 0, 0, WRONG), trial(1, 0, 0, WRONG)));
    assertThat(group.best()).isEqualTo(0.5);
    assertThat(group.accuracy().mean()).isEqualTo(0.25);
    assertThat(group.circular()).isNull();
    assertThat(group.repeats()).isEmpty();
  }

  @Test
  void circularScoresAreOfQuestionsThatWereTurned() {
    Summary.Group group =
        tally(
            item("a", trial(0, 0, 0, RIGHT), trial(0, 1, 0, RIGHT)),
            item("b", trial(0, 0, 0, RIGHT), trial(0, 1, 0, WRONG)),
            item("c", trial(0, 0, 0, RIGHT)));
    assertThat(group.circular()).isEqualTo(0.5);
    assertThat(group.best()).isNull();
  }

  @Test
  void repeatsHaveAMeanEachInTheirOrder() {
    Summary.Group group =
        tally(
            item("a", trial(0, 0, 1, RIGHT), trial(0, 0, 0, WRONG)),
            item("b", trial(0, 0, 1, RIGHT), trial(0, 0, 0, RIGHT)));
    assertThat(group.repeats()).containsExactly(0.5, 1.0);
  }

  @Test
  void judgementsAreCountedApart() {
    Summary.Judged judged =
        Objects.requireNonNull(
            tally(
                    item("a", judged(RIGHT)),
                    item("b", judged(new Outcome.Unparsed("perhaps"))),
                    item(
                        "c",
                        judged(new Outcome.Failed(FailedStage.JUDGE, FailureKind.SERVER, "x"))),
                    item("d", trial(0, 0, 0, RIGHT)))
                .judged());
    assertThat(judged.n()).isEqualTo(3);
    assertThat(judged.unparsed()).isEqualTo(1);
    assertThat(judged.failed()).isEqualTo(1);
    assertThat(judged.score().mean()).isCloseTo(1 / 3.0, within(1e-12));
  }

  @Test
  void cutCaptionsCountNowhere() {
    Trial cut = new Trial(1, 1, 1, 64, List.of(), List.of(), null, null, LATE, WRONG);
    Summary.Group group = tally(item("a", trial(0, 0, 0, RIGHT), cut));
    assertThat(group.answers()).isEqualTo(1);
    assertThat(group.outcomes().failed()).isZero();
    assertThat(group.accuracy().mean()).isEqualTo(1);
    assertThat(group.best()).isNull();
    assertThat(group.circular()).isNull();
    assertThat(group.judged()).isNull();
  }

  @Test
  void aGoldWithoutAScoreIsRefused() {
    assertThatThrownBy(() -> tally(item("a", trial(0, 0, 0, new Outcome.Unscored("x")))))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void imagesAreNumberedAsTheyFirstAppear() {
    Clusters clusters = new Clusters();
    int[] found = new int[4];
    int i = 0;
    for (String image : List.of("x", "y", "x", "z")) {
      clusters.next(item(image, trial(0, 0, 0, RIGHT)));
      found[i++] = clusters.current();
    }
    assertThat(found).containsExactly(0, 1, 0, 2);
  }

  @Test
  void meansHoldMoreThanTheyWereMadeForAndKnowTheirImages() {
    Clusters clusters = new Clusters();
    Means means = new Means(clusters);
    assertThat(means.size()).isZero();
    assertThat(means.mean()).isZero();
    for (int i = 0; i < 40; i++) {
      clusters.next(item("i" + i / 2, trial(0, 0, 0, RIGHT)));
      means.add(i < 10 ? 1 : 0);
    }
    assertThat(means.size()).isEqualTo(40);
    assertThat(means.mean()).isEqualTo(0.25);
    assertThat(means.estimate().mean()).isEqualTo(0.25);
    assertThat(means.estimate().n()).isEqualTo(40);
    assertThat(means.estimate().clusters()).isEqualTo(20);
  }

  private static Summary.Group tally(ItemResult... items) {
    Clusters clusters = new Clusters();
    GroupTally tally = new GroupTally(clusters);
    for (ItemResult item : items) {
      clusters.next(item);
      tally.add(item);
    }
    return tally.group("name");
  }

  private static Trial trial(int sample, int rotation, int repeat, Outcome outcome) {
    return trial(sample, rotation, repeat, outcome, null);
  }

  private static Trial judged(Outcome judgement) {
    return trial(0, 0, 0, WRONG, judgement);
  }

  private static Trial trial(
      int sample, int rotation, int repeat, Outcome outcome, @Nullable Outcome judged) {
    return new Trial(
        sample, rotation, repeat, 0, List.of(), List.of(), null, null, outcome, judged);
  }

  private static ItemResult item(String image, Trial... trials) {
    return new ItemResult(
        "d",
        "q",
        List.of(new ItemResult.Image(image, image)),
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
