package dev.refract.harness.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.harness.pace.RetryPolicy;
import dev.refract.reports.result.Failure;
import dev.refract.reports.result.FailureKind;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What an attempt's outcome says of load, and that its copies differ in one thing only.
class AttemptResultTest {

  private static AttemptResult result(@Nullable FailureKind kind, int status) {
    return new AttemptResult(null, kind, "why", status, true, Duration.ofSeconds(7), true, false);
  }

  @ParameterizedTest
  @CsvSource({
    "428,false",
    "429,true",
    "430,false",
    "502,false",
    "503,true",
    "504,false",
    "529,true"
  })
  void onlyThreeStatusesAreOverload(int status, boolean overload) {
    assertThat(result(FailureKind.SERVER, status).isOverload()).isEqualTo(overload);
  }

  @ParameterizedTest
  @EnumSource(FailureKind.class)
  void ofAllKindsOnlyATimeoutIsOverload(FailureKind kind) {
    assertThat(result(kind, 0).isOverload()).isEqualTo(kind == FailureKind.TIMEOUT);
  }

  @ParameterizedTest
  @CsvSource({
    "429,LIMITED",
    "500,FAILING",
    "502,AWAY",
    "503,AWAY",
    "504,AWAY",
    "529,AWAY",
    "400,WORKING"
  })
  void the_status_says_whether_server_or_request_is_the_cause(
      int status, AttemptResult.Health health) {
    boolean again = RetryPolicy.retryable(status);
    assertThat(
            new AttemptResult(null, FailureKind.SERVER, "", status, again, null, true, false)
                .health())
        .isEqualTo(health);
  }

  @Test
  void a_server_that_asks_to_wait_limits_the_rate() {
    assertThat(result(FailureKind.SERVER, 503).health()).isEqualTo(AttemptResult.Health.LIMITED);
  }

  @Test
  void without_a_connection_the_server_is_away_and_with_a_broken_one_it_fails() {
    assertThat(AttemptResult.unreachable("refused").health()).isEqualTo(AttemptResult.Health.AWAY);
    assertThat(AttemptResult.failed(FailureKind.CONNECTION, "reset", true).health())
        .isEqualTo(AttemptResult.Health.FAILING);
  }

  @Test
  void aReplyIsNoOverload() {
    assertThat(result(null, 200).isOverload()).isFalse();
  }

  @Test
  void aFailureOfNoStatusHasNoWishAndNoOtherServer() {
    AttemptResult failed = AttemptResult.failed(FailureKind.PROTOCOL, "no JSON", true);
    assertThat(failed)
        .isEqualTo(
            new AttemptResult(null, FailureKind.PROTOCOL, "no JSON", 0, true, null, true, false));
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
            new AttemptResult(
                    ChatReply.of("a cat"), null, "m", 200, true, Duration.ofSeconds(7), true, true)
                .with(timed))
        .isEqualTo(
            new AttemptResult(timed, null, "m", 200, true, Duration.ofSeconds(7), true, true));
    assertThat(result(FailureKind.SERVER, 500).with(timed))
        .isEqualTo(
            new AttemptResult(
                timed, FailureKind.SERVER, "why", 500, true, Duration.ofSeconds(7), true, false));
  }

  @Test
  void whetherToGoElsewhereChangesNothingElse() {
    AttemptResult here = result(FailureKind.CONNECTION, 0);
    assertThat(here.elsewhere(true))
        .isEqualTo(
            new AttemptResult(
                null, FailureKind.CONNECTION, "why", 0, true, Duration.ofSeconds(7), true, true));
    assertThat(here.elsewhere(true).elsewhere(false)).isEqualTo(here);
    ChatReply reply = ChatReply.of("a dog");
    assertThat(here.with(reply).elsewhere(true).reply()).isSameAs(reply);
  }
}
