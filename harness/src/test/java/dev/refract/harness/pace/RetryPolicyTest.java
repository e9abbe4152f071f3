package dev.refract.harness.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// {@link RetryPolicy} at its edges: which statuses, how long, and the last attempt.
class RetryPolicyTest {

  private final RetryPolicy policy =
      new RetryPolicy(4, Duration.ofMillis(1000), Duration.ofMillis(3000));

  @Test
  void every_status_below_500_but_four_is_final() {
    assertThat(IntStream.rangeClosed(100, 499).filter(RetryPolicy::retryable))
        .containsExactly(408, 409, 425, 429);
  }

  @Test
  void every_status_from_500_on_but_two_may_be_different_next_time() {
    assertThat(IntStream.rangeClosed(500, 599).filter(status -> !RetryPolicy.retryable(status)))
        .containsExactly(501, 505);
  }

  @ParameterizedTest
  @CsvSource({"1,1000", "2,2000", "3,3000"})
  void the_ceiling_doubles_up_to_the_longest_wait(int made, long ceiling) {
    assertThat(policy.wait(made, 0.999)).contains(Duration.ofMillis(ceiling * 999 / 1000));
  }

  @Test
  void the_wait_is_cut_to_whole_milliseconds() {
    RetryPolicy three = new RetryPolicy(2, Duration.ofMillis(3), Duration.ofSeconds(1));
    assertThat(three.wait(1, 0.5)).contains(Duration.ofMillis(1));
    assertThat(three.wait(1, 0.9)).contains(Duration.ofMillis(2));
  }

  @Test
  void many_doublings_never_exceed_the_longest_wait() {
    RetryPolicy patient = new RetryPolicy(2000, Duration.ofMillis(1), Duration.ofMillis(800));
    assertThat(patient.wait(10, 0.5)).contains(Duration.ofMillis(256));
    assertThat(patient.wait(11, 0.5)).contains(Duration.ofMillis(400));
    assertThat(patient.wait(1999, 0.5)).contains(Duration.ofMillis(400));
  }

  @Test
  void attempts_are_counted_from_one() {
    assertThat(policy.wait(3, 0.0)).isPresent();
    assertThat(policy.wait(4, 0.0)).isEmpty();
    assertThat(policy.wait(5, 0.0)).isEmpty();
  }

  @Test
  void a_load_test_sends_each_request_once() {
    assertThat(RetryPolicy.NONE.wait(1, 0.0)).isEmpty();
  }

  @Test
  void the_default_makes_six_attempts() {
    assertThat(RetryPolicy.DEFAULT.wait(1, 0.5)).contains(Duration.ofMillis(250));
    assertThat(RetryPolicy.DEFAULT.wait(5, 0.5)).contains(Duration.ofMillis(4000));
    assertThat(RetryPolicy.DEFAULT.wait(6, 0.5)).isEmpty();
  }
}
