package dev.refract.harness.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// No form of a secret stays in a text.
class SecretsTest {

  private static final String KEY = "k\"ey&with/odd+chars=42";
  private static final Secrets SECRETS = Secrets.of(Arrays.asList(KEY, null, "abc"));

  @Test
  void a_secret_is_removed_in_every_encoding() {
    byte[] bytes = KEY.getBytes(StandardCharsets.UTF_8);
    for (String form :
        List.of(
            KEY,
            URLEncoder.encode(KEY, StandardCharsets.UTF_8),
            KEY.replace("\"", "\\\""),
            "k&quot;ey&amp;with/odd+chars=42",
            HexFormat.of().formatHex(bytes),
            HexFormat.of().withUpperCase().formatHex(bytes))) {
      assertThat(SECRETS.redacted("before " + form + " after")).isEqualTo("before *** after");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "ab", "Bearer ", "user:"})
  void base64_of_it_is_removed_wherever_it_begins(String before) {
    byte[] bytes = (before + KEY + "tail").getBytes(StandardCharsets.UTF_8);
    String middle = "b2RkK2NoYXJz"; // "odd+chars" when it begins a group
    for (Base64.Encoder encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder())) {
      String safe = SECRETS.redacted("x " + encoder.encodeToString(bytes));
      assertThat(safe).contains("***").doesNotContain(middle);
      assertThat(safe.length()).isLessThan(24);
    }
  }

  @Test
  void a_very_short_value_is_found_in_ordinary_words_and_stays() {
    assertThat(SECRETS.redacted("the abc")).isEqualTo("the abc");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "vllm serve x --api-key abc123|vllm serve x --api-key ***",
        "OPENAI_API_KEY=abc123 run|OPENAI_API_KEY=*** run",
        "openai:api_key=abc123,model=m|openai:api_key=***,model=m",
        "Authorization: Bearer abc123|Authorization: Bearer ***",
        "\"api_key\": \"abc123\"|\"api_key\": \"***\"",
        "the key sk-proj-abcdefgh1234 was|the key *** was",
        "hf_abcdefghijkl|***",
        "http://user:pass@host:1/v1|http://***@host:1/v1",
        "https://tok@host|https://***@host",
        "no 'http://user:pass word@host'|no 'http://***@host'",
        "http://user:pa/ss@host/v1|http://***@host/v1",
        "http://gpu1:8000/v1/@org/m|http://gpu1:8000/v1/@org/m",
        "http://gpu1/v1?user=me@x|http://gpu1/v1?user=me@x",
        "api_key_env=MY_KEY,max_tokens=5|api_key_env=MY_KEY,max_tokens=5"
      })
  void what_looks_like_a_key_is_masked(String text, String masked) {
    assertThat(Secrets.masked(text)).isEqualTo(masked);
  }

  @Test
  void a_value_after_its_option_is_masked() {
    assertThat(Secrets.masked(List.of("run", "--api-key", "abc", "--limit", "5")))
        .containsExactly("run", "--api-key", "***", "--limit", "5");
  }

  @Test
  void nothing_prints_the_secrets_themselves() {
    assertThat(SECRETS.toString()).doesNotContain("ey&");
  }

  /// Once the time grew with the square of the length, to minutes for this one.
  @Test
  @org.junit.jupiter.api.Timeout(30)
  void aVeryLongWordIsReadInTimeThatGrowsWithItsLength() {
    String word = "a_".repeat(200_000);
    assertThat(Secrets.masked(word)).isEqualTo(word);
    assertThat(Secrets.masked("-".repeat(200_000))).hasSize(200_000);
    assertThat(Secrets.masked("MY_API_KEY=abcdefgh")).isEqualTo("MY_API_KEY=***");
  }
}
