package dev.refract.harness.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.refract.harness.image.ImageFormat;
import dev.refract.harness.llm.FakeServer.Answer;
import dev.refract.harness.net.Access;
import dev.refract.harness.net.Network;
import dev.refract.harness.pace.RetryPolicy;
import dev.refract.manifest.ProviderCatalog;
import dev.refract.manifest.Sampling;
import dev.refract.reports.result.Ending;
import dev.refract.reports.result.FailureKind;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ChatClientTest {

  private static final RetryPolicy QUICK =
      new RetryPolicy(4, Duration.ofMillis(1), Duration.ofSeconds(2));
  private static final Sampling SAMPLING = new Sampling(0.5, 0.9, 1.1, 77);
  private static final ChatRequest REQUEST = ChatRequest.of("Be brief.", "Hello", SAMPLING);

  @Test
  void theRequestIsWhatOpenAiCompatibleServersExpect() throws Exception {
    byte[] picture = {(byte) 0x89, 'P', 'N', 'G', 1, 2, 3};
    try (FakeServer server = new FakeServer(_ -> Answer.saying("A chart."));
        ChatClient client = client(server, "k-secret")) {
      ChatReply reply =
          client.send(
              ChatRequest.seeing(
                  List.of(
                      ChatRequest.EncodedImage.of(picture, ImageFormat.PNG),
                      ChatRequest.EncodedImage.of(new byte[] {7}, ImageFormat.JPEG)),
                  "Describe @image@ \"quoted\"",
                  SAMPLING));
      assertThat(reply)
          .isEqualTo(
              new ChatReply(
                  "A chart.",
                  Ending.of("stop"),
                  new Usage(9, null, 3, null),
                  reply.sent(),
                  null,
                  List.of()));
      assertThat(Objects.requireNonNull(reply.sent()).seconds()).isBetween(0.0, 5.0);
      FakeServer.Received got = server.received().getFirst();
      assertThat(got.path()).isEqualTo("/v1/chat/completions");
      assertThat(got.authorization()).isEqualTo("Bearer k-secret");
      assertThat(got.json().path("model").asString()).isEqualTo("caprl");
      assertThat(got.json().path("temperature").asDouble()).isEqualTo(0.5);
      assertThat(got.json().path("top_p").asDouble()).isEqualTo(0.9);
      assertThat(got.json().path("repetition_penalty").asDouble()).isEqualTo(1.1);
      assertThat(got.json().path("max_tokens").asInt()).isEqualTo(77);
      var content = got.json().path("messages").path(0).path("content");
      assertThat(content.path(0).path("image_url").path("url").asString())
          .isEqualTo("data:image/png;base64," + Base64.getEncoder().encodeToString(picture));
      assertThat(content.path(1).path("image_url").path("url").asString())
          .isEqualTo("data:image/jpeg;base64,Bw==");
      assertThat(content.path(2).path("text").asString()).isEqualTo("Describe @image@ \"quoted\"");
    }
  }

  @Test
  void aServerThatRepeatsSecretsOnItsPagesDoesNotTellThem() {
    Access access =
        new Access(
            "zQ7-Kw_9mXpL2vR4tY6uB8nC",
            null,
            Map.of("X-Gateway", "Bearer 0123456789abcdef"),
            Map.of(),
            Network.DIRECT);
    assertThat(access.withoutSecrets("a zQ7-Kw_9mXpL2vR4tY6uB8nC b Bearer 0123456789abcdef c"))
        .isEqualTo("a *** b Bearer *** c");
  }

  @Test
  void aKeyThatAGatewayRepeatsInItsReplyIsRemoved() throws Exception {
    String key = "zQ7-Kw_9mXpL2vR4tY6uB8nC";
    try (FakeServer server =
        new FakeServer(request -> Answer.saying("You sent Bearer " + key + "."))) {
      ChatClient client =
          new ChatClient(
              new Endpoint(server.baseUrl(), "caprl", key),
              RetryPolicy.NONE,
              1,
              Duration.ofSeconds(5));
      ChatReply reply = client.send(ChatRequest.of(null, "?", new Sampling(0, 1, 1, 9)));
      assertThat(reply.text()).isEqualTo("You sent Bearer ***.");
    }
  }

  @Test
  void aRawTemplateIsSentToTheCompletionsEndpoint() throws Exception {
    try (FakeServer server = new FakeServer(_ -> Answer.completing("Two."));
        ChatClient client = client(server, null)) {
      assertThat(client.offersCompletions()).isTrue();
      ChatReply reply = client.send(ChatRequest.raw("<|im_start|>user\nHow many?", SAMPLING));
      assertThat(reply.text()).isEqualTo("Two.");
      FakeServer.Received got = server.received().getLast();
      assertThat(got.path()).isEqualTo("/v1/completions");
      assertThat(got.json().path("prompt").asString()).isEqualTo("<|im_start|>user\nHow many?");
      assertThat(got.json().has("messages")).isFalse();
    }
    try (FakeServer server = new FakeServer(_ -> Answer.failing(404, "no"));
        ChatClient client = client(server, null)) {
      assertThat(client.offersCompletions()).isFalse();
    }
  }

  @Test
  void aTextRequestHasASystemAndAUserTurn() throws Exception {
    try (FakeServer server = new FakeServer(_ -> Answer.saying("Hi"));
        ChatClient client = client(server, null)) {
      client.send(REQUEST);
      var messages = server.received().getFirst().json().path("messages");
      assertThat(messages.path(0).path("role").asString()).isEqualTo("system");
      assertThat(messages.path(1).path("content").asString()).isEqualTo("Hello");
      assertThat(server.received().getFirst().authorization()).isEmpty();
    }
  }

  @Test
  void openAiIsNotSentFieldsThatItRejects() throws Exception {
    try (FakeServer server = new FakeServer(_ -> Answer.saying("Hi"));
        ChatClient client =
            new ChatClient(
                new Endpoint(
                    List.of(server.baseUrl()),
                    "gpt",
                    Access.OPEN,
                    RequestForm.PLAIN.of(ProviderCatalog.get("openai")),
                    null),
                QUICK,
                1,
                Duration.ofSeconds(5))) {
      client.send(REQUEST);
      var json = server.received().getFirst().json();
      assertThat(json.has("repetition_penalty")).isFalse();
      assertThat(json.path("max_completion_tokens").asInt()).isEqualTo(77);
    }
  }

  @Test
  void aBusyServerIsRetried() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    try (FakeServer server =
            new FakeServer(_ ->
                switch (calls.incrementAndGet()) {
                  case 1 -> Answer.failing(503, "loading");
                  case 2 -> new Answer(429, "slow down", "1");
                  default -> Answer.saying("ready");
                });
        ChatClient client = client(server, null)) {
      assertThat(client.send(REQUEST).text()).isEqualTo("ready");
      assertThat(calls).hasValue(3);
    }
  }

  @Test
  void aRefusalIsFinalAndGivesTheReason() throws Exception {
    try (FakeServer server =
            new FakeServer(
                _ -> Answer.failing(404, "{\"message\":\"The model `caprl` does not exist.\"}"));
        ChatClient client = client(server, null)) {
      RequestException e = refused(client);
      assertThat(e.failure().kind()).isEqualTo(FailureKind.REFUSED);
      assertThat(e)
          .hasMessageContaining("404")
          .hasMessageContaining("does not exist")
          .hasMessageContaining("base URL");
      assertThat(server.received()).hasSize(1);
    }
  }

  @Test
  void aKeyEchoedByTheServerIsRemovedFromTheMessage() throws Exception {
    try (FakeServer server = new FakeServer(_ -> Answer.failing(401, "bad key k-secret"));
        ChatClient client = client(server, "k-secret")) {
      RequestException e = refused(client);
      assertThat(e.getMessage()).doesNotContain("k-secret").contains("api_key_env");
    }
  }

  @Test
  void aMalformedReplyIsAProtocolFailure() throws Exception {
    try (FakeServer server = new FakeServer(_ -> new Answer(200, "<html>\u0007 proxy page", ""));
        ChatClient client = client(server, null)) {
      RequestException e = refused(client);
      assertThat(e.failure().kind()).isEqualTo(FailureKind.PROTOCOL);
      assertThat(e.getMessage()).contains("proxy page").doesNotContain("\u0007");
    }
    try (FakeServer server = new FakeServer(_ -> new Answer(200, "{\"choices\":[]}", ""));
        ChatClient client = client(server, null)) {
      assertThat(refused(client).failure().kind()).isEqualTo(FailureKind.PROTOCOL);
    }
  }

  @Test
  void anUnreachableServerIsNamed() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Endpoint closed = new Endpoint("http://127.0.0.1:" + port + "/v1", "caprl", null);
    try (ChatClient client = new ChatClient(closed, QUICK, 1, Duration.ofSeconds(5))) {
      RequestException e = refused(client);
      assertThat(e.failure().kind()).isEqualTo(FailureKind.CONNECTION);
      assertThat(e).hasMessageContaining("127.0.0.1:" + port).hasMessageContaining("tried 4 times");
    }
  }

  @Test
  void aServerThatNeverAnswersTimesOut() throws Exception {
    try (ServerSocket silent = new ServerSocket(0)) {
      Endpoint endpoint =
          new Endpoint("http://127.0.0.1:" + silent.getLocalPort() + "/v1", "caprl", null);
      RetryPolicy once = new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1));
      try (ChatClient client = new ChatClient(endpoint, once, 1, Duration.ofMillis(300))) {
        assertThat(refused(client).failure().kind()).isEqualTo(FailureKind.TIMEOUT);
      }
    }
  }

  @Test
  void aServerThatAnswersByteByByteTimesOutAsWell() throws Exception {
    try (ServerSocket slow = new ServerSocket(0)) {
      Thread.ofVirtual()
          .start(() -> {
            try (var socket = slow.accept()) {
              var out = socket.getOutputStream();
              out.write(
                  "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"
                      .getBytes(StandardCharsets.US_ASCII));
              while (true) {
                out.write(' ');
                out.flush();
                Thread.sleep(50);
              }
            } catch (IOException | InterruptedException _) {
              // the client closed the connection, as it should
            }
          });
      Endpoint endpoint =
          new Endpoint("http://127.0.0.1:" + slow.getLocalPort() + "/v1", "caprl", null);
      RetryPolicy once = new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1));
      try (ChatClient client = new ChatClient(endpoint, once, 1, Duration.ofMillis(600))) {
        assertThat(refused(client).failure().kind()).isEqualTo(FailureKind.TIMEOUT);
      }
    }
  }

  private static RequestException refused(ChatClient client) {
    return catchThrowableOfType(RequestException.class, () -> client.send(REQUEST));
  }

  private static ChatClient client(
      FakeServer server, @org.jspecify.annotations.Nullable String key) {
    return new ChatClient(
        new Endpoint(server.baseUrl(), "caprl", key), QUICK, 4, Duration.ofSeconds(5));
  }
}
