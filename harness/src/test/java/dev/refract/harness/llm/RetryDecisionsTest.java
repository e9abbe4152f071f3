package dev.refract.harness.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// {@link RetryPolicy} at its edges: which statuses, how long, and the last attempt.
class RetryDecisionsTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private final RetryPolicy policy =
      new RetryPolicy(4, Duration.ofMillis(1000), Duration.ofMillis(3000));

  @Test
  void everyStatusBelowFiveHundredButThreeIsFinal() {
    assertThat(IntStream.rangeClosed(100, 499).filter(RetryPolicy::retryable))
        .containsExactly(408, 425, 429);
  }

  @Test
  void everyStatusFromFiveHundredOnButTwoMayBeDifferentNextTime() {
    assertThat(IntStream.rangeClosed(500, 599).filter(status -> !RetryPolicy.retryable(status)))
        .containsExactly(501, 505);
  }

  @ParameterizedTest
  @CsvSource({"1,1000", "2,2000", "3,3000"})
  void theCeilingDoublesUpToTheLongest(int made, long ceiling) {
    assertThat(policy.wait(made, null, NOW, 0.999))
        .contains(Duration.ofMillis(ceiling * 999 / 1000));
  }

  @Test
  void theWaitIsCutDownToWholeMilliseconds() {
    RetryPolicy three = new RetryPolicy(2, Duration.ofMillis(3), Duration.ofSeconds(1));
    assertThat(three.wait(1, null, NOW, 0.5)).contains(Duration.ofMillis(1));
    assertThat(three.wait(1, null, NOW, 0.9)).contains(Duration.ofMillis(2));
  }

  @Test
  void manyDoublingsNeverPassTheLongest() {
    RetryPolicy patient = new RetryPolicy(2000, Duration.ofMillis(1), Duration.ofMillis(800));
    assertThat(patient.wait(10, null, NOW, 0.5)).contains(Duration.ofMillis(256));
    assertThat(patient.wait(11, null, NOW, 0.5)).contains(Duration.ofMillis(400));
    assertThat(patient.wait(1999, null, NOW, 0.5)).contains(Duration.ofMillis(400));
  }

  @Test
  void attemptsAreCountedFromOne() {
    assertThat(policy.wait(3, null, NOW, 0)).isPresent();
    assertThat(policy.wait(4, null, NOW, 0)).isEmpty();
    assertThat(policy.wait(5, null, NOW, 0)).isEmpty();
  }

  @Test
  void noWishGivesAFurtherAttempt() {
    assertThat(policy.wait(4, "1", NOW, 0)).isEmpty();
  }

  @Test
  void whoMeasuresAsksOnce() {
    assertThat(RetryPolicy.NONE.wait(1, "0", NOW, 0)).isEmpty();
  }

  @Test
  void theDefaultMakesSixAttemptsAndWaitsAMinuteAtMost() {
    assertThat(RetryPolicy.DEFAULT.wait(1, null, NOW, 0.5)).contains(Duration.ofMillis(250));
    assertThat(RetryPolicy.DEFAULT.wait(5, null, NOW, 0.5)).contains(Duration.ofMillis(4000));
    assertThat(RetryPolicy.DEFAULT.wait(6, null, NOW, 0.5)).isEmpty();
    assertThat(RetryPolicy.DEFAULT.wait(1, "60", NOW, 0.5)).contains(Duration.ofSeconds(60));
    assertThat(RetryPolicy.DEFAULT.wait(1, "61", NOW, 0.5)).isEmpty();
  }

  @Test
  void aWishForAsLongAsTheLongestIsHeardAndOneAboveIsNot() {
    assertThat(policy.wait(1, "2", NOW, 0)).contains(Duration.ofSeconds(2));
    assertThat(policy.wait(1, "3", NOW, 0)).contains(Duration.ofSeconds(3));
    assertThat(policy.wait(1, "4", NOW, 0)).isEmpty();
  }

  @Test
  void aDateIsHeardUpToTheLongestToo() {
    assertThat(policy.wait(1, "Thu, 1 Jan 2026 00:00:03 GMT", NOW, 0))
        .contains(Duration.ofSeconds(3));
    assertThat(policy.wait(1, "Thu, 1 Jan 2026 00:00:04 GMT", NOW, 0)).isEmpty();
    assertThat(policy.wait(1, "Thu, 1 Jan 2026 00:00:00 GMT", NOW, 0.5)).contains(Duration.ZERO);
  }

  @Test
  void blanksAroundAWishDoNotMatter() {
    assertThat(policy.wait(1, " 2 ", NOW, 0)).contains(Duration.ofSeconds(2));
    assertThat(policy.wait(1, "0", NOW, 0.5)).contains(Duration.ZERO);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "-1", "1.5", "2s", "2026-01-01T00:00:01Z"})
  void whatIsNoWishLeavesTheDrawnWait(String header) {
    assertThat(policy.wait(1, header, NOW, 0.25)).contains(Duration.ofMillis(250));
  }

  @Test
  void nineDigitsAreANumberOfSeconds() {
    assertThat(policy.wait(1, "999999999", NOW, 0.25)).isEmpty();
    RetryPolicy patient = new RetryPolicy(2, Duration.ofSeconds(1), Duration.ofDays(100_000));
    assertThat(patient.wait(1, "999999999", NOW, 0.25)).contains(Duration.ofSeconds(999_999_999));
  }

  @Test
  void tenDigitsAreANumberOfSeconds() {
    assertThat(policy.wait(1, "1000000000", NOW, 0.25)).isEmpty();
  }
}
