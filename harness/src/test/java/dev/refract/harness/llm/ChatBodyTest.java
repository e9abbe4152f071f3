package dev.refract.harness.llm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.harness.image.ImageFormat;
import dev.refract.harness.llm.ChatRequest.EncodedImage;
import dev.refract.manifest.ProviderCatalog;
import dev.refract.manifest.Sampling;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The JSON of a request, with its pictures in their places.
class ChatBodyTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Sampling SAMPLING = new Sampling(0.5, 0.25, 1.5, 77);

  // "Man" is TWFu in base64, RFC 4648 shows it
  private static final EncodedImage PNG =
      EncodedImage.of("Man".getBytes(StandardCharsets.US_ASCII), ImageFormat.PNG);
  private static final EncodedImage JPEG =
      EncodedImage.of("M".getBytes(StandardCharsets.US_ASCII), ImageFormat.JPEG);

  private static RequestForm of(String provider) {
    return RequestForm.PLAIN.of(ProviderCatalog.get(provider));
  }

  private static byte[] bytes(ChatBody body) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    body.writeTo(out);
    return out.toByteArray();
  }

  private static JsonNode json(ChatRequest request, RequestForm form, boolean streaming)
      throws IOException {
    return JSON.readTree(bytes(ChatBody.of("qwen", form, request, streaming)));
  }

  @Test
  void aTextForVllm() throws IOException {
    assertThat(json(ChatRequest.of(null, "Why?", SAMPLING), RequestForm.PLAIN, false))
        .isEqualTo(
            JSON.readTree(
                """
                {"model": "qwen", "messages": [{"role": "user", "content": "Why?"}],
                 "temperature": 0.5, "top_p": 0.25, "repetition_penalty": 1.5,
                 "max_tokens": 77, "stream": false}
                """));
  }

  @Test
  void openAiKnowsNoPenaltyAndNamesItsLimitOtherwise() throws IOException {
    assertThat(json(ChatRequest.of(null, "Why?", SAMPLING), of("openai"), false))
        .isEqualTo(
            JSON.readTree(
                """
                {"model": "qwen", "messages": [{"role": "user", "content": "Why?"}],
                 "temperature": 0.5, "top_p": 0.25, "max_completion_tokens": 77, "stream": false}
                """));
  }

  @Test
  void theSystemMessageStandsFirst() throws IOException {
    JsonNode body = json(ChatRequest.of("Be brief.", "Why?", SAMPLING), RequestForm.PLAIN, false);
    assertThat(body.path("messages"))
        .isEqualTo(
            JSON.readTree(
                """
                [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "Why?"}]
                """));
  }

  @Test
  void aRawPromptHasNoMessages() throws IOException {
    JsonNode body = json(ChatRequest.raw("<s>Why?", SAMPLING), RequestForm.PLAIN, false);
    assertThat(body.path("prompt").asString()).isEqualTo("<s>Why?");
    assertThat(body.has("messages")).isFalse();
  }

  @Test
  void aStreamAsksForItsUsage() throws IOException {
    JsonNode body = json(ChatRequest.of(null, "Why?", SAMPLING), RequestForm.PLAIN, true);
    assertThat(body.path("stream").asBoolean()).isTrue();
    assertThat(body.path("stream_options")).isEqualTo(JSON.readTree("{\"include_usage\": true}"));
  }

  @Test
  void picturesStandBeforeTheTextInTheirOrder() throws IOException {
    ChatRequest request = ChatRequest.seeing(List.of(PNG, JPEG, PNG), "Why?", SAMPLING);
    assertThat(json(request, RequestForm.PLAIN, false).path("messages"))
        .isEqualTo(
            JSON.readTree(
                """
                [{"role": "user", "content": [
                  {"type": "image_url", "image_url": {"url": "data:image/png;base64,TWFu"}},
                  {"type": "image_url", "image_url": {"url": "data:image/jpeg;base64,TQ=="}},
                  {"type": "image_url", "image_url": {"url": "data:image/png;base64,TWFu"}},
                  {"type": "text", "text": "Why?"}]}]
                """));
  }

  @Test
  void whatLooksLikeAHoleInAUsersTextStays() throws IOException {
    String text = "data:image/png;base64,@image@";
    JsonNode content =
        json(ChatRequest.seeing(List.of(PNG), text, SAMPLING), RequestForm.PLAIN, false)
            .path("messages")
            .path(0)
            .path("content");
    assertThat(content.path(0).path("image_url").path("url").asString())
        .isEqualTo("data:image/png;base64,TWFu");
    assertThat(content.path(1).path("text").asString()).isEqualTo(text);
  }

  @Test
  void anImageMarkInTheSystemMessageOrTheModelStays() throws IOException {
    ChatRequest request =
        new ChatRequest("@image@", "@image@", List.of(PNG), SAMPLING, false, Map.of());
    JsonNode messages = json(request, RequestForm.PLAIN, false).path("messages");
    assertThat(messages.path(0).path("content").asString()).isEqualTo("@image@");
    assertThat(messages.path(1).path("content").path(0).path("image_url").path("url").asString())
        .isEqualTo("data:image/png;base64,TWFu");
  }

  @Test
  void whatLooksLikeAHoleInTheSystemMessageStays() throws IOException {
    String system = "data:image/png;base64,@image@";
    ChatRequest request = new ChatRequest(system, "Why?", List.of(PNG), SAMPLING, false, Map.of());
    JsonNode messages = json(request, RequestForm.PLAIN, false).path("messages");
    assertThat(messages.path(0).path("content").asString()).isEqualTo(system);
    assertThat(messages.path(1).path("content").path(0).path("image_url").path("url").asString())
        .isEqualTo("data:image/png;base64,TWFu");
  }

  @Test
  void theLengthIsThatOfTheBytesHoweverTheyAreRead() throws IOException {
    ChatBody body =
        ChatBody.of(
            "qwen",
            RequestForm.PLAIN,
            ChatRequest.seeing(List.of(PNG, JPEG), "Größe 数 😀?", SAMPLING),
            false);
    byte[] written = bytes(body);
    assertThat(body.getContentLength()).isEqualTo(written.length);
    try (InputStream content = body.getContent()) {
      assertThat(content.readAllBytes()).isEqualTo(written);
    }
    assertThat(bytes(body)).isEqualTo(written);
  }

  @Test
  void itCanBeSentAgainAndIsJson() {
    ChatBody body =
        ChatBody.of("qwen", RequestForm.PLAIN, ChatRequest.of(null, "Why?", SAMPLING), false);
    assertThat(body.isRepeatable()).isTrue();
    assertThat(body.isStreaming()).isFalse();
    assertThat(body.getContentType()).startsWith("application/json");
    assertThat(body.getContentEncoding()).isNull();
  }

  @Test
  void llama_cpp_has_a_name_of_its_own_for_the_penalty() throws IOException {
    JsonNode body = json(ChatRequest.of(null, "Why?", SAMPLING), of("llama.cpp"), false);
    assertThat(body.path("repeat_penalty").asDouble()).isEqualTo(1.5);
    assertThat(body.has("repetition_penalty")).isFalse();
  }

  @Test
  void what_changes_nothing_is_not_sent_to_a_provider_that_may_refuse_it() throws IOException {
    Sampling greedy = new Sampling(0, 1, 1, 9);
    assertThat(json(ChatRequest.of(null, "Why?", greedy), of("openai"), false).has("top_p"))
        .isFalse();
    assertThat(json(ChatRequest.of(null, "Why?", greedy), of("vllm"), false).has("top_p")).isTrue();
  }

  @Test
  void parameters_are_added_renamed_and_left_out_as_the_user_says() throws IOException {
    RequestForm form =
        new RequestForm(
            ProviderCatalog.get("mistral"),
            Map.of("max_tokens", "limit"),
            Set.of("temperature"),
            Set.of(),
            Map.of("seed", 7, "chat_template_kwargs", Map.of("enable_thinking", false)),
            null);
    assertThat(json(ChatRequest.of(null, "Why?", SAMPLING), form, false))
        .isEqualTo(
            JSON.readTree(
                """
                {"model": "qwen", "messages": [{"role": "user", "content": "Why?"}],
                 "top_p": 0.25, "limit": 77, "stream": false, "random_seed": 7,
                 "chat_template_kwargs": {"enable_thinking": false}}
                """));
  }
}
