package dev.refract.harness.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refract.harness.config.ModelSpec.BudgetSpec;
import dev.refract.harness.config.ModelSpec.CommandSpec;
import dev.refract.harness.config.ModelSpec.OpenAi;
import dev.refract.harness.config.ModelSpec.SamplingSpec;
import dev.refract.harness.config.ModelSpec.TimeoutSpec;
import dev.refract.manifest.ManifestException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerSettingsTest {

  @ParameterizedTest
  @ValueSource(strings = {"sk-abc", "sk-abc\n", "sk-abc\r\n", "  sk-abc\t"})
  void blanks_around_a_key_are_no_part_of_it(String value) {
    assertThat(settings(Map.of("KEY", value)).key()).isEqualTo("sk-abc");
  }

  @ParameterizedTest
  @ValueSource(strings = {"sk-abc\nsk-def", "sk abc", "sk-\u0001", "sk-ü"})
  void a_key_that_no_header_can_contain_is_refused_and_not_repeated(String value) {
    assertThatThrownBy(settings(Map.of("KEY", value))::key)
        .isInstanceOf(ManifestException.class)
        .hasMessageContaining("KEY")
        .hasMessageNotContaining("sk");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n"})
  void a_blank_key_counts_as_missing(String value) {
    assertThatThrownBy(settings(Map.of("KEY", value))::key)
        .isInstanceOf(ManifestException.class)
        .hasMessageContaining("KEY is not set");
  }

  @Test
  void a_server_without_a_variable_of_its_key_has_none() {
    assertThat(new ServerSettings(server(null), Map.of("KEY", "sk-abc")).key()).isNull();
  }

  private static ServerSettings settings(Map<String, String> environment) {
    return new ServerSettings(server("KEY"), environment);
  }

  private static OpenAi server(@Nullable String apiKeyEnv) {
    return new OpenAi(
        List.of("http://127.0.0.1:1/v1"),
        "m",
        apiKeyEnv,
        null,
        null,
        null,
        null,
        new SamplingSpec(null, null, null, null),
        new TimeoutSpec(null, null, null),
        new BudgetSpec(null, null, null, null, null),
        new CommandSpec(null, null, null),
        null);
  }
}
