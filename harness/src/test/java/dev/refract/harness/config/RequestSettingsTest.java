package dev.refract.harness.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refract.harness.config.ModelSpec.OpenAi;
import dev.refract.harness.image.ImageFormat;
import dev.refract.harness.image.ImagePreparation;
import dev.refract.manifest.ManifestException;
import dev.refract.manifest.Provider;
import dev.refract.manifest.ProviderCatalog;
import dev.refract.manifest.StrictYaml;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a user can have requests contain.
class RequestSettingsTest {

  private static RequestSettings settings(String yaml, Provider provider) {
    ModelSpec spec =
        StrictYaml.read(
            ("openai: {base_url: http://h/v1, model: m, " + yaml + "}")
                .getBytes(StandardCharsets.UTF_8),
            "test",
            ModelSpec.class);
    return new RequestSettings(Objects.requireNonNull(spec.openai()), provider);
  }

  private static RequestSettings settings(String yaml) {
    return settings(yaml, Provider.UNKNOWN);
  }

  @Test
  void any_parameter_is_sent_as_it_is_given() {
    assertThat(
            settings(
                    "top_k: 20, seed: 7, stop: ['###'], reasoning_effort: low,"
                        + " chat_template_kwargs: {enable_thinking: false},"
                        + " extra_body: {min_tokens: 1, nested: {a: [1, 2.5]}}")
                .form()
                .extra())
        .isEqualTo(
            Map.of(
                "top_k",
                20,
                "seed",
                7L,
                "stop",
                List.of("###"),
                "reasoning_effort",
                "low",
                "chat_template_kwargs",
                Map.of("enable_thinking", false),
                "min_tokens",
                1,
                "nested",
                Map.of("a", List.of(1, 2.5))));
  }

  @Test
  void the_short_form_nests_by_dots_and_reads_json() {
    OpenAi server =
        Objects.requireNonNull(
            ModelSpecParser.parse(
                    "--answerer",
                    "openai:base_url=http://h/v1,model=m,top_k=20,omit=top_p|temperature,"
                        + "extra_body.chat_template_kwargs.enable_thinking=false,"
                        + "mm_processor_kwargs={\"max_pixels\": 5, \"b\": [1,2]},stop=###,"
                        + "headers.X-Team=vision")
                .openai());
    assertThat(new RequestSettings(server, Provider.UNKNOWN).form().extra())
        .isEqualTo(
            Map.of(
                "top_k", 20,
                "stop", List.of("###"),
                "chat_template_kwargs", Map.of("enable_thinking", false),
                "mm_processor_kwargs", Map.of("max_pixels", 5, "b", List.of(1, 2))));
    assertThat(new RequestSettings(server, Provider.UNKNOWN).form().omit())
        .isEqualTo(Set.of("top_p", "temperature"));
    assertThat(server.access().headers()).isEqualTo(Map.of("X-Team", "vision"));
  }

  @Test
  void one_text_under_stop_beside_start_is_the_command_of_earlier_versions() {
    assertThat(settings("start: run it, stop: end it").form().extra()).isEmpty();
    assertThat(settings("stop: end").form().extra()).isEqualTo(Map.of("stop", List.of("end")));
  }

  @Test
  void everything_that_changes_a_reply_is_part_of_the_identity_in_any_order() {
    assertThat(settings("").identity()).isNull();
    assertThat(settings("extra_body: {b: 1, a: {d: 1, c: 2}}").identity())
        .isEqualTo(settings("extra_body: {a: {c: 2, d: 1}, b: 1}").identity())
        .isEqualTo("{\"a\":{\"c\":2,\"d\":1},\"b\":1}");
    assertThat(settings("omit: [top_p], max_image_side: 512, image_format: jpeg").identity())
        .isEqualTo("{\"image_format\":\"jpeg\",\"max_image_side\":512,\"omit\":[\"top_p\"]}");
    assertThat(settings("headers: {X-Team: a}, rename: {max_tokens: n}").identity()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "omit: [model]",
        "extra_body: {messages: []}",
        "rename: {stream: s}",
        "thinking_marks: [a]",
        "image_format: webp",
        "max_image_side: 3",
        "stop: {a: 1}"
      })
  void what_no_request_can_do_without_or_means_nothing_is_refused(String yaml) {
    RequestSettings settings = settings(yaml);
    assertThatThrownBy(
            () -> {
              settings.form();
              settings.images();
            })
        .isInstanceOf(ManifestException.class)
        .hasMessageContaining(yaml.substring(0, yaml.indexOf(':')));
  }

  @Test
  void a_parameter_that_the_provider_ignores_is_refused_rather_than_recorded() {
    RequestSettings penalty = settings("repetition_penalty: 1.2", ProviderCatalog.get("ollama"));
    assertThatThrownBy(penalty::form).hasMessageContaining("ollama");
    assertThatThrownBy(settings("top_k: 5", ProviderCatalog.get("openai"))::form)
        .hasMessageContaining("top_k");
    assertThat(settings("repetition_penalty: 1", ProviderCatalog.get("ollama")).form().omit())
        .isEmpty();
  }

  @Test
  void images_are_converted_only_on_demand() {
    assertThat(settings("").images()).isEqualTo(ImagePreparation.NONE);
    assertThat(settings("image_format: png, max_image_side: 64").images())
        .isEqualTo(new ImagePreparation(ImageFormat.PNG, 64));
  }
}
