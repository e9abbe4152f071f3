package dev.refract.reports.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refract.reports.file.RunJson;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What an outcome is worth, how it is written, and what a failure becomes.
class OutcomeTest {

  private static final Outcome.Failed FAILED =
      new Outcome.Failed(FailedStage.QUERY, FailureKind.SERVER, "500");

  @Test
  void onlyScoresAndAbstentionsAreWorthAnything() {
    assertThat(new Outcome.Scored(0.25, "x").score()).isEqualTo(0.25);
    assertThat(new Outcome.Abstained("no", 0.5).score()).isEqualTo(0.5);
    assertThat(new Outcome.Unparsed("?").score()).isZero();
    assertThat(new Outcome.Unsupported("x").score()).isZero();
    assertThat(FAILED.score()).isZero();
    assertThat(new Outcome.Unscored("x").score()).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.01, 1.01, Double.NaN, Double.POSITIVE_INFINITY})
  void aScoreOutsideZeroToOneIsRefused(double value) {
    assertThatThrownBy(() -> new Outcome.Scored(value, "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("" + value);
    assertThatThrownBy(() -> new Outcome.Abstained("x", value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("" + value);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1})
  void zeroAndOneAreScores(double value) {
    assertThat(new Outcome.Scored(value, "x").score()).isEqualTo(value);
    assertThat(new Outcome.Abstained("x", value).score()).isEqualTo(value);
  }

  @Test
  void everyOutcomeSurvivesJsonUnderItsType() {
    List<Outcome> all =
        List.of(
            new Outcome.Scored(1, "x"),
            new Outcome.Unparsed("?"),
            new Outcome.Abstained("no", 0),
            new Outcome.Unsupported("x"),
            FAILED,
            new Outcome.Unscored("x"));
    List<String> types =
        List.of("scored", "unparsed", "abstained", "unsupported", "failed", "unscored");
    for (int i = 0; i < all.size(); i++) {
      String json = RunJson.MAPPER.writerFor(Outcome.class).writeValueAsString(all.get(i));
      assertThat(json).contains("\"type\":\"" + types.get(i) + "\"");
      assertThat(RunJson.MAPPER.readValue(json, Outcome.class)).isEqualTo(all.get(i));
    }
    assertThat(RunJson.text(FAILED)).contains("\"query\"", "\"server\"");
  }

  @Test
  void stagesAndKindsAreLowerCaseInJson() {
    for (FailedStage stage : FailedStage.values()) {
      String json = RunJson.text(stage);
      assertThat(json).isEqualTo("\"" + stage.name().toLowerCase(Locale.ROOT) + "\"");
      assertThat(RunJson.MAPPER.readValue(json, FailedStage.class)).isEqualTo(stage);
    }
    for (FailureKind kind : FailureKind.values()) {
      String json = RunJson.text(kind);
      assertThat(json).isEqualTo("\"" + kind.name().toLowerCase(Locale.ROOT) + "\"");
      assertThat(RunJson.MAPPER.readValue(json, FailureKind.class)).isEqualTo(kind);
    }
  }

  @Test
  void theFailureOfARecordBecomesTheOutcomeOfItsStage() {
    JournalRecord failed = caption(new Failure(FailureKind.TIMEOUT, "after 60 s"));
    assertThat(failed.failedOutcome(FailedStage.CAPTION))
        .isEqualTo(new Outcome.Failed(FailedStage.CAPTION, FailureKind.TIMEOUT, "after 60 s"));
    Outcome.Failed unknown = caption(null).failedOutcome(FailedStage.JUDGE);
    assertThat(unknown.stage()).isEqualTo(FailedStage.JUDGE);
    assertThat(unknown.kind()).isEqualTo(FailureKind.UNKNOWN);
    assertThat(unknown.message()).isNotEmpty();
  }

  private static CaptionRecord caption(@Nullable Failure failure) {
    return new CaptionRecord(
        "f",
        "d",
        "i",
        "s",
        0,
        null,
        null,
        Ending.UNKNOWN,
        TokenCounts.UNKNOWN,
        failure,
        null,
        RequestTime.NONE);
  }
}
