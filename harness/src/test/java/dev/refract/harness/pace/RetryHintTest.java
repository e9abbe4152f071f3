package dev.refract.harness.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How long real servers ask a client to wait.
class RetryHintTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  private static Optional<Duration> header(String name, String value) {
    return RetryHint.of(Map.of(name, value)::get, "", NOW);
  }

  private static Optional<Duration> words(String body) {
    return RetryHint.of(_ -> null, body, NOW);
  }

  @ParameterizedTest
  @CsvSource({
    "retry-after, 3, 3000",
    "retry-after, ' 2 ', 2000",
    "retry-after, 0, 0",
    "retry-after, 86400, 86400000",
    "retry-after, 20.5, 20500",
    "retry-after, 'Thu, 1 Jan 2026 00:00:07 GMT', 7000",
    "retry-after, 'Wed, 31 Dec 2025 00:00:00 GMT', 0",
    "retry-after-ms, 1500, 1500",
    "x-ratelimit-reset-requests, 20s, 20000",
    "x-ratelimit-reset-requests, 1m30.5s, 90500",
    "x-ratelimit-reset-tokens, 250ms, 250",
    "x-ratelimit-reset, 1767225605, 5000",
    "x-ratelimit-reset, 1767225605000, 5000",
    "anthropic-ratelimit-requests-reset, 2026-01-01T00:01:00Z, 60000",
    "llm_provider-retry-after, 60, 60000"
  })
  void a_header_says_how_long(String name, String value, long millis) {
    assertThat(header(name, value)).contains(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "-1", "soon", "1e9s", "99999999999999999999"})
  void what_is_no_time_is_ignored(String value) {
    assertThat(header("retry-after", value)).isEmpty();
  }

  @Test
  void retry_after_is_believed_before_the_reset_of_a_limit() {
    assertThat(
            RetryHint.of(
                Map.of("retry-after", "2", "x-ratelimit-reset-requests", "17h")::get, "", NOW))
        .contains(Duration.ofSeconds(2));
  }

  @ParameterizedTest
  @CsvSource({
    "'Rate limit reached. Please try again in 39.8s.', 39800",
    "'Please try again in 1m2.5s. Visit the console.', 62500",
    "'Please retry after 6 seconds.', 6000",
    "'Please wait 20 milliseconds', 20",
    "'No deployments available, Try again in 5 seconds. Passed model=m', 5000"
  })
  void the_message_says_how_long(String body, long millis) {
    assertThat(words(body)).contains(Duration.ofMillis(millis));
  }

  @Test
  void where_header_and_message_differ_the_longer_wait_counts() {
    assertThat(RetryHint.of(Map.of("retry-after", "86")::get, "Please try again in 88.0s.", NOW))
        .contains(Duration.ofSeconds(88));
    assertThat(RetryHint.of(Map.of("retry-after", "86")::get, "Please try again in 2.0s.", NOW))
        .contains(Duration.ofSeconds(86));
  }

  @Test
  void a_reset_inside_an_error_body_counts() {
    assertThat(words("{\"metadata\":{\"headers\":{\"X-RateLimit-Reset\":\"1767225605000\"}}}"))
        .contains(Duration.ofSeconds(5));
  }

  @Test
  void a_message_without_a_time_says_nothing() {
    assertThat(words("Rate limit exceeded: 30 requests per min")).isEmpty();
    assertThat(words("Please try again later")).isEmpty();
  }
}
