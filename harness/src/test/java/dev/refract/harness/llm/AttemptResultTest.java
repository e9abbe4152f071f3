package dev.refract.harness.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.reports.result.Failure;
import dev.refract.reports.result.FailureKind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What an attempt's outcome says of load, and that its copies differ in one thing only.
class AttemptResultTest {

  private static AttemptResult result(@Nullable FailureKind kind, int status) {
    return new AttemptResult(null, kind, "why", status, true, "7", false);
  }

  @ParameterizedTest
  @CsvSource({"428,false", "429,true", "430,false", "502,false", "503,true", "504,false"})
  void onlyTwoStatusesAreOverload(int status, boolean overload) {
    assertThat(result(FailureKind.SERVER, status).isOverload()).isEqualTo(overload);
  }

  @ParameterizedTest
  @EnumSource(FailureKind.class)
  void ofAllKindsOnlyATimeoutIsOverload(FailureKind kind) {
    assertThat(result(kind, 0).isOverload()).isEqualTo(kind == FailureKind.TIMEOUT);
  }

  @Test
  void aReplyIsNoOverload() {
    assertThat(result(null, 200).isOverload()).isFalse();
  }

  @Test
  void aFailureOfNoStatusHasNoWishAndNoOtherServer() {
    AttemptResult failed = AttemptResult.failed(FailureKind.PROTOCOL, "no JSON", true);
    assertThat(failed)
        .isEqualTo(new AttemptResult(null, FailureKind.PROTOCOL, "no JSON", 0, true, null, false));
    assertThat(AttemptResult.failed(FailureKind.PROTOCOL, "no JSON", false).again()).isFalse();
  }

  @Test
  void theFailureTellsTheMessageAndThenWhatWasTried() {
    assertThat(result(FailureKind.SERVER, 500).failure(" (3 attempts)"))
        .isEqualTo(new Failure(FailureKind.SERVER, "why (3 attempts)"));
  }

  @Test
  void aFailureOfNoKindIsUnknown() {
    assertThat(result(null, 200).failure("")).isEqualTo(new Failure(FailureKind.UNKNOWN, "why"));
  }

  @Test
  void aTimedReplyTakesTheReplysPlaceAndNothingElse() {
    ChatReply timed = ChatReply.of("a dog");
    assertThat(
            new AttemptResult(ChatReply.of("a cat"), null, "m", 200, true, "7", true).with(timed))
        .isEqualTo(new AttemptResult(timed, null, "m", 200, true, "7", true));
    assertThat(result(FailureKind.SERVER, 500).with(timed))
        .isEqualTo(new AttemptResult(timed, FailureKind.SERVER, "why", 500, true, "7", false));
  }

  @Test
  void whetherToGoElsewhereChangesNothingElse() {
    AttemptResult here = result(FailureKind.CONNECTION, 0);
    assertThat(here.elsewhere(true))
        .isEqualTo(new AttemptResult(null, FailureKind.CONNECTION, "why", 0, true, "7", true));
    assertThat(here.elsewhere(true).elsewhere(false)).isEqualTo(here);
    ChatReply reply = ChatReply.of("a dog");
    assertThat(here.with(reply).elsewhere(true).reply()).isSameAs(reply);
  }
}
