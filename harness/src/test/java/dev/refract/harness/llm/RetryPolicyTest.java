package dev.refract.harness.llm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private final RetryPolicy policy =
      new RetryPolicy(4, Duration.ofSeconds(1), Duration.ofSeconds(10));

  @Test
  void waitsDoubleAndAreDrawnFromZeroUp() {
    assertThat(policy.wait(1, null, NOW, 0.5)).contains(Duration.ofMillis(500));
    assertThat(policy.wait(2, null, NOW, 0.5)).contains(Duration.ofSeconds(1));
    assertThat(policy.wait(3, null, NOW, 0)).contains(Duration.ZERO);
  }

  @Test
  void thereIsNoWaitAfterTheLastAttempt() {
    assertThat(policy.wait(4, null, NOW, 0.5)).isEmpty();
  }

  @Test
  void retryAfterTakesPrecedenceInSecondsOrAsADate() {
    assertThat(policy.wait(1, "3", NOW, 0.5)).contains(Duration.ofSeconds(3));
    assertThat(policy.wait(1, "Thu, 1 Jan 2026 00:00:07 GMT", NOW, 0.5))
        .contains(Duration.ofSeconds(7));
    assertThat(policy.wait(1, "Wed, 31 Dec 2025 00:00:00 GMT", NOW, 0.5)).contains(Duration.ZERO);
  }

  @Test
  void aRetryAfterBeyondTheLongestWaitEndsTheRequest() {
    assertThat(policy.wait(1, "3600", NOW, 0.5)).isEmpty();
  }

  @Test
  void anInvalidRetryAfterIsIgnored() {
    assertThat(policy.wait(1, "soon", NOW, 0.5)).contains(Duration.ofMillis(500));
  }

  @Test
  void onlyTransientStatusesAreRetried() {
    assertThat(List.of(408, 425, 429, 500, 502, 503, 504)).allMatch(RetryPolicy::retryable);
    assertThat(List.of(400, 401, 403, 404, 413, 422, 501, 505)).noneMatch(RetryPolicy::retryable);
  }
}
