package dev.refract.harness.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.harness.os.CancellationToken;
import dev.refract.reports.result.Failure;
import dev.refract.reports.result.FailureKind;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// After how many failures of one kind a run is stopped, and what ends the watch.
class CircuitBreakerTest {

  private final CancellationToken cancellation = new CancellationToken();
  private final CircuitBreaker breaker = new CircuitBreaker(cancellation, "captioner");

  private void fail(int times, FailureKind kind) {
    for (int i = 1; i <= times; i++) {
      breaker.record(new Failure(kind, "%s number %d".formatted(kind, i)));
    }
  }

  @Test
  void theSixteenthFailureOfOneKindStopsTheRun() {
    fail(15, FailureKind.REFUSED);
    assertThat(cancellation.isCancelled()).isFalse();
    breaker.record(new Failure(FailureKind.REFUSED, "no such model"));
    CancellationToken.Reason reason = Objects.requireNonNull(cancellation.reason());
    assertThat(reason.byUser()).isFalse();
    assertThat(reason.words()).contains("16", "captioner", "no such model");
  }

  @Test
  void aFailureOfAnotherKindBeginsTheCountAnew() {
    fail(15, FailureKind.REFUSED);
    fail(15, FailureKind.TIMEOUT);
    assertThat(cancellation.isCancelled()).isFalse();
    fail(1, FailureKind.TIMEOUT);
    assertThat(cancellation.isCancelled()).isTrue();
  }

  @Test
  void kindsThatTakeTurnsNeverStopTheRun() {
    for (int i = 0; i < 40; i++) {
      fail(1, FailureKind.SERVER);
      fail(1, FailureKind.CONNECTION);
    }
    assertThat(cancellation.isCancelled()).isFalse();
  }

  @Test
  void oneReplyEndsTheWatchForGood() {
    fail(15, FailureKind.REFUSED);
    breaker.record(null);
    fail(40, FailureKind.REFUSED);
    assertThat(cancellation.isCancelled()).isFalse();
  }

  @Test
  void theMessageIsOfTheSixteenthEvenIfMoreFollow() {
    fail(30, FailureKind.SERVER);
    assertThat(Objects.requireNonNull(cancellation.reason()).words()).contains("server number 16");
  }

  @Test
  void oneDenialStopsTheRunAtOnceAlsoAfterReplies() {
    breaker.record(null);
    breaker.record(new Failure(FailureKind.DENIED, "m answered 401: token expired"));
    assertThat(Objects.requireNonNull(cancellation.reason()).words())
        .contains("captioner", "401", "token expired");
  }
}
