package dev.refract.harness.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refract.harness.net.Access;
import dev.refract.manifest.ManifestException;
import dev.refract.manifest.Provider;
import dev.refract.manifest.ProviderCatalog;
import dev.refract.manifest.StrictYaml;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys, headers and query parameters, and that no message repeats a secret.
class AccessSettingsTest {

  private static final String LOCAL = "http://127.0.0.1:1/v1";

  private static Access access(
      String yaml, Provider provider, String address, Map<String, String> environment) {
    ModelSpec spec =
        StrictYaml.read(
            ("openai: {model: m, " + yaml + "}").getBytes(StandardCharsets.UTF_8),
            "test",
            ModelSpec.class);
    return new AccessSettings(
            Objects.requireNonNull(spec.openai()).access(), provider, List.of(address), environment)
        .access();
  }

  private static @Nullable String key(String value) {
    return access("api_key_env: KEY", Provider.UNKNOWN, LOCAL, Map.of("KEY", value)).apiKey();
  }

  @ParameterizedTest
  @ValueSource(strings = {"sk-abc", "sk-abc\n", "sk-abc\r\n", "  sk-abc\t"})
  void blanks_around_a_key_are_no_part_of_it(String value) {
    assertThat(key(value)).isEqualTo("sk-abc");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sk-abc\nsk-def", "sk abc", "sk-\u0001", "sk-ü"})
  void a_key_that_no_header_can_contain_is_refused_and_not_repeated(String value) {
    assertThatThrownBy(() -> key(value))
        .isInstanceOf(ManifestException.class)
        .hasMessageContaining("KEY")
        .hasMessageNotContaining("sk");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n"})
  void a_blank_key_counts_as_missing(String value) {
    assertThatThrownBy(() -> key(value))
        .isInstanceOf(ManifestException.class)
        .hasMessageContaining("KEY is not set");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sk-proj-abcdefgh1234", "gsk_SEEDEDKEY0123456789", "hf_abcdefghijkl"})
  void a_key_in_place_of_a_name_is_not_repeated(String key) {
    assertThatThrownBy(() -> access("api_key_env: " + key, Provider.UNKNOWN, LOCAL, Map.of()))
        .isInstanceOf(ManifestException.class)
        .hasMessageNotContaining(key);
  }

  @Test
  void the_openai_key_goes_to_openai_and_to_this_machine_but_to_no_strangers_server() {
    Map<String, String> environment = Map.of("OPENAI_API_KEY", "sk-abc");
    assertThat(access("", ProviderCatalog.get("openai"), "https://x/v1", environment).apiKey())
        .isEqualTo("sk-abc");
    assertThat(access("", Provider.UNKNOWN, LOCAL, environment).apiKey()).isEqualTo("sk-abc");
    assertThat(access("", Provider.UNKNOWN, "https://x/v1", environment).apiKey()).isNull();
    assertThat(access("", ProviderCatalog.get("mistral"), "https://x/v1", environment).apiKey())
        .isNull();
    assertThat(
            access(
                    "",
                    Provider.UNKNOWN,
                    "https://x/v1",
                    Map.of("OPENAI_API_KEY", "sk-abc", "OPENAI_BASE_URL", "https://x/v1"))
                .apiKey())
        .isEqualTo("sk-abc");
  }

  @Test
  void headers_and_query_take_their_values_from_the_environment() {
    Access access =
        access(
            "headers: {X-Team: vision, X-Key: 'id $ID'}, query: {v: '${V}'}",
            Provider.UNKNOWN,
            LOCAL,
            Map.of("ID", "7\n", "V", "2"));
    assertThat(access.headers()).isEqualTo(Map.of("X-Team", "vision", "X-Key", "id 7"));
    assertThat(access.address("http://h/v1/models")).isEqualTo("http://h/v1/models?v=2");
  }

  @Test
  void azure_names_its_version_and_has_a_header_for_the_key() {
    Access access =
        access(
            "query: {api-version: '2025-01-01'}",
            ProviderCatalog.get("azure"),
            "https://n.openai.azure.com/openai/deployments/d",
            Map.of("AZURE_OPENAI_API_KEY", "abcd"));
    assertThat(access.apiKeyHeader()).isEqualTo("api-key");
    assertThat(access.apiKey()).isEqualTo("abcd");
    assertThat(access.query()).isEqualTo(Map.of("api-version", "2025-01-01"));
  }

  @Test
  void what_no_header_can_contain_is_refused() {
    assertThatThrownBy(
            () -> access("headers: {X: '$V'}", Provider.UNKNOWN, LOCAL, Map.of("V", "a\nb")))
        .isInstanceOf(ManifestException.class)
        .hasMessageContaining("headers.X");
    assertThatThrownBy(() -> access("headers: {'a b': c}", Provider.UNKNOWN, LOCAL, Map.of()))
        .isInstanceOf(ManifestException.class);
    assertThatThrownBy(() -> access("headers: {X: $MISSING}", Provider.UNKNOWN, LOCAL, Map.of()))
        .hasMessageContaining("MISSING is not set");
  }

  @Test
  void a_file_of_certificates_that_is_none_is_named() {
    assertThatThrownBy(() -> access("ca_bundle: /nowhere.pem", Provider.UNKNOWN, LOCAL, Map.of()))
        .isInstanceOf(ManifestException.class)
        .hasMessageContaining("/nowhere.pem");
  }
}
