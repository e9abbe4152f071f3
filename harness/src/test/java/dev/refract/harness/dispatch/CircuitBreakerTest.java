package dev.refract.harness.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.harness.os.CancellationToken;
import dev.refract.reports.result.Failure;
import dev.refract.reports.result.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// When failures stop a run.
class CircuitBreakerTest {

  private final CancellationToken cancellation = new CancellationToken();
  private final CircuitBreaker breaker = new CircuitBreaker(cancellation, "captioner");

  private void fail(FailureKind kind, int times) {
    for (int i = 0; i < times; i++) {
      breaker.record(new Failure(kind, "why"));
    }
  }

  private String reason() {
    return String.valueOf(cancellation.reason());
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureKind.class,
      names = {"CONNECTION", "TIMEOUT", "SERVER", "REFUSED", "PROTOCOL", "IMAGE", "CONTEXT"})
  void the_first_sixteen_alike_stop_the_run(FailureKind kind) {
    fail(kind, 15);
    assertThat(cancellation.isCancelled()).isFalse();
    fail(kind, 1);
    assertThat(reason()).contains("the first 16 requests to the captioner all failed", "why");
  }

  @Test
  void failures_of_different_kinds_are_not_alike() {
    for (int i = 0; i < 20; i++) {
      fail(i % 2 == 0 ? FailureKind.REFUSED : FailureKind.IMAGE, 1);
    }
    assertThat(cancellation.isCancelled()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureKind.class,
      names = {"CONNECTION", "TIMEOUT", "SERVER"})
  void a_server_that_fails_in_the_middle_of_a_run_stops_it(FailureKind kind) {
    breaker.record(null);
    fail(kind, 15);
    breaker.record(null);
    fail(kind, 15);
    assertThat(cancellation.isCancelled()).isFalse();
    fail(kind, 1);
    assertThat(reason()).contains("16 requests").doesNotContain("first");
  }

  @ParameterizedTest
  @EnumSource(
      value = FailureKind.class,
      names = {"REFUSED", "IMAGE", "CONTEXT", "PROTOCOL"})
  void what_a_server_may_do_to_single_requests_stops_no_run_that_has_begun(FailureKind kind) {
    breaker.record(null);
    fail(kind, 100);
    assertThat(cancellation.isCancelled()).isFalse();
  }

  @Test
  void a_denial_stops_the_run_at_once_at_any_time() {
    breaker.record(null);
    fail(FailureKind.DENIED, 1);
    assertThat(reason()).contains("denies access", "why");
  }

  @Test
  void replies_that_are_only_thoughts_stop_a_run_that_has_no_other() {
    for (int i = 0; i < 8; i++) {
      assertThat(cancellation.isCancelled()).isFalse();
      breaker.recordUnfinished("raise max_tokens");
    }
    assertThat(reason()).contains("ended inside their thoughts", "raise max_tokens");
  }

  @Test
  void they_stop_no_run_that_has_another() {
    breaker.record(null);
    for (int i = 0; i < 50; i++) {
      breaker.recordUnfinished("raise max_tokens");
    }
    assertThat(cancellation.isCancelled()).isFalse();
  }
}
