package dev.refract.harness.pace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/// When the next request may be sent, after what happened to those before it. Times are seconds.
class PaceTest {

  private static final long SECOND = 1_000_000_000L;
  private final Pace pace = new Pace(0);

  private static long at(double seconds) {
    return (long) (seconds * SECOND);
  }

  private double waitAt(double now) {
    long wait = pace.tryAcquire(at(now));
    if (wait == 0) {
      pace.done();
    }
    return (double) wait / SECOND;
  }

  private void limits(double requestsPerMinute, double tokensPerMinute) {
    pace.limitTo(new Limits(requestsPerMinute, tokensPerMinute, Duration.ofMinutes(15)));
  }

  @Test
  void without_limits_nothing_waits() {
    assertThat(waitAt(0)).isZero();
    assertThat(waitAt(0)).isZero();
  }

  @Test
  void requests_per_minute_are_spaced_evenly() {
    limits(30, Double.POSITIVE_INFINITY);
    assertThat(waitAt(0)).isZero();
    assertThat(waitAt(0)).isEqualTo(2);
    assertThat(waitAt(2)).isZero();
    assertThat(waitAt(3)).isEqualTo(1);
  }

  @Test
  void of_two_clients_limits_the_lower_counts() {
    limits(60, Double.POSITIVE_INFINITY);
    limits(30, Double.POSITIVE_INFINITY);
    limits(120, Double.POSITIVE_INFINITY);
    assertThat(waitAt(0)).isZero();
    assertThat(waitAt(0)).isEqualTo(2);
  }

  @Test
  void tokens_per_minute_delay_the_requests_after_them() {
    limits(Double.POSITIVE_INFINITY, 6000);
    pace.used(500, at(1));
    assertThat(waitAt(1)).isEqualTo(5);
    assertThat(waitAt(6)).isZero();
  }

  @Test
  void a_rate_limit_pauses_everyone_for_as_long_as_the_server_asks() {
    pace.limited(at(1), Duration.ofSeconds(86), at(2));
    assertThat(waitAt(3)).isEqualTo(85.25); // and a quarter of a second
    assertThat(pace.isProbing()).isTrue();
    assertThat(pace.isLimited()).isTrue();
    assertThat(pace.away(at(60))).isZero();
  }

  @Test
  void a_second_refusal_of_the_same_burst_only_lengthens_the_pause() {
    pace.limited(at(1), null, at(2));
    pace.limited(at(1), null, at(2.1));
    assertThat(waitAt(2.1)).isCloseTo(0.15, within(1e-6));
    pace.limited(at(1), Duration.ofSeconds(9), at(2.2));
    assertThat(waitAt(2.5)).isCloseTo(8.95, within(1e-6));
  }

  @Test
  void after_a_pause_one_request_goes_alone_until_it_gets_a_reply() {
    pace.limited(at(1), Duration.ofSeconds(1), at(2));
    assertThat(pace.tryAcquire(at(3.25))).isZero();
    assertThat(pace.tryAcquire(at(3.25))).isEqualTo(Long.MAX_VALUE);
    assertThat(pace.replied(at(3.25), at(4))).isTrue();
    pace.done();
    assertThat(waitAt(4)).isZero();
    assertThat(pace.isProbing()).isFalse();
  }

  @Test
  void a_reply_that_was_sent_before_the_pause_does_not_end_it() {
    pace.limited(at(1), Duration.ofSeconds(10), at(2));
    assertThat(pace.replied(at(1.5), at(2.5))).isFalse();
    assertThat(waitAt(2.5)).isEqualTo(9.75);
  }

  @Test
  void after_a_long_rate_limit_requests_stay_a_little_below_the_rate_that_was_accepted() {
    for (int i = 0; i < 30; i++) {
      pace.replied(at(1), at(1));
    }
    pace.limited(at(1.5), Duration.ofMillis(57_750), at(2));
    assertThat(pace.replied(at(60), at(60))).isTrue();
    assertThat(waitAt(60)).isCloseTo(2 / 0.95, within(1e-6)); // 30 in 60 seconds
  }

  @Test
  void a_probe_that_comes_too_early_does_not_halve_the_rate() {
    for (int i = 0; i < 30; i++) {
      pace.replied(at(1), at(1));
    }
    pace.limited(at(1.5), Duration.ofMillis(57_750), at(2));
    pace.limited(at(60), Duration.ofMillis(57_750), at(60));
    assertThat(pace.replied(at(118), at(118))).isTrue();
    assertThat(waitAt(118)).isCloseTo(2 / 0.95, within(1e-6)); // still 30 in 60 seconds
  }

  @Test
  void waits_without_a_wish_grow_to_half_a_minute() {
    double now = 0;
    for (double expected : new double[] {0.25, 0.5, 1, 2, 4, 8, 16, 30, 30}) {
      pace.limited(at(now), null, at(now));
      assertThat(waitAt(now)).isEqualTo(expected);
      now += expected;
    }
    assertThat(pace.away(at(now))).isEqualTo(Duration.ofMillis(91_750));
  }

  @Test
  void four_failures_with_no_reply_between_them_pause_everyone() {
    for (int i = 0; i < 3; i++) {
      pace.failed(at(1), false, at(2));
    }
    assertThat(waitAt(2)).isZero();
    pace.failed(at(1), false, at(2));
    assertThat(waitAt(2)).isEqualTo(0.25);
    assertThat(pace.isLimited()).isFalse();
  }

  @Test
  void a_reply_between_failures_shows_that_the_server_works() {
    for (int i = 0; i < 40; i++) {
      pace.failed(at(1), false, at(2));
      pace.failed(at(1), false, at(2));
      pace.replied(at(1), at(2));
    }
    assertThat(waitAt(2)).isZero();
  }

  @Test
  void a_failed_probe_pauses_at_once_and_longer() {
    for (int i = 0; i < 4; i++) {
      pace.failed(at(1), false, at(2));
    }
    pace.failed(at(3), false, at(3));
    assertThat(waitAt(3)).isEqualTo(0.5);
    assertThat(pace.away(at(5))).isEqualTo(Duration.ofSeconds(3));
    pace.replied(at(5), at(6));
    assertThat(pace.away(at(7))).isZero();
  }

  @Test
  void a_server_that_is_gone_and_answers_a_probe_is_back() {
    for (int i = 0; i < 4; i++) {
      pace.failed(at(1), true, at(2));
    }
    assertThat(pace.away(at(9))).isEqualTo(Duration.ofSeconds(7));
    pace.seen();
    assertThat(pace.away(at(9))).isZero();
    pace.failed(at(9), true, at(9)); // it died of the next request
    assertThat(waitAt(9)).isEqualTo(0.25);
  }

  @Test
  void a_server_that_answers_probes_but_no_requests_is_not_back() {
    for (int i = 0; i < 4; i++) {
      pace.failed(at(1), false, at(2));
    }
    pace.seen();
    assertThat(pace.away(at(9))).isEqualTo(Duration.ofSeconds(7));
  }
}
