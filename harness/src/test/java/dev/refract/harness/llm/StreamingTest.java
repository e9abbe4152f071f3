package dev.refract.harness.llm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.refract.harness.net.Timeouts;
import dev.refract.harness.os.CancellationToken;
import dev.refract.harness.os.Notices;
import dev.refract.harness.pace.Budget;
import dev.refract.harness.pace.ConcurrencyLimit;
import dev.refract.harness.pace.Limits;
import dev.refract.harness.pace.Pace;
import dev.refract.harness.pace.RetryPolicy;
import dev.refract.manifest.Sampling;
import dev.refract.reports.result.FailureKind;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class StreamingTest {

  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";

  /// Bytes, or a pause in milliseconds.
  private record Step(byte[] bytes, int pause) {

    static Step of(String text) {
      return new Step(text.getBytes(StandardCharsets.UTF_8), 0);
    }

    static Step pause(int millis) {
      return new Step(new byte[0], millis);
    }
  }

  private static String event(String text) {
    return "data: {\"choices\":[{\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
  }

  @Test
  void theFirstAndTheLastTextAreTimedAtArrival() throws Exception {
    ChatReply reply =
        reply(
            Step.pause(200),
            Step.of(
                "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n"),
            Step.pause(200),
            Step.of(event("A")),
            Step.pause(300),
            Step.of(event(" chart")),
            Step.of("data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"),
            Step.pause(200),
            Step.of(
                "data:"
                    + " {\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":2}}\n\n"),
            Step.of(
                "data:"
                    + " {\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":2}}\n\n"),
            Step.of("data: [DONE]\n\ndata: [DONE]\n\n"));
    assertThat(reply.text()).isEqualTo("A chart");
    assertThat(reply.ending().finishReason()).isEqualTo("stop");
    assertThat(List.of(reply.usage().input(), reply.usage().output())).containsExactly(7, 2);
    ChatReply.Latency latency = Objects.requireNonNull(reply.latency());
    assertThat((latency.first() - latency.sent()) / 1e9).isBetween(0.38, 2.0);
    assertThat((latency.last() - latency.first()) / 1e9).isBetween(0.2, 2.0);
    assertThat(latency.chunks()).isEqualTo(2);
  }

  @Test
  void aCharacterSplitAcrossChunksIsReadCorrectly() throws Exception {
    byte[] all =
        (event("Größe 数 \\ud83d\\ude00 😀") + "data: [DONE]\n\n").getBytes(StandardCharsets.UTF_8);
    Step[] steps = new Step[all.length];
    for (int i = 0; i < all.length; i++) {
      steps[i] = new Step(new byte[] {all[i]}, 0);
    }
    assertThat(reply(steps).text()).isEqualTo("Größe 数 😀 😀");
  }

  @Test
  void commentsCarriageReturnsAndKeepAlivesAreNotText() throws Exception {
    ChatReply reply =
        reply(
            Step.of(": keep-alive\r\n\r\n"),
            Step.of(event("A").replace("\n", "\r\n")),
            Step.of("event: ping\nid: 3\n\n"),
            Step.of("data: [DONE]\n\n"));
    assertThat(reply.text()).isEqualTo("A");
  }

  @Test
  void aStreamThatEndsTooEarlyOrReportsAnErrorIsAFailure() throws Exception {
    assertThat(failure(Step.of(event("A"))).failure().kind()).isEqualTo(FailureKind.CONNECTION);
    assertThat(failure(Step.of(event("A")), Step.of("data: {\"choi")).failure().kind())
        .isEqualTo(FailureKind.CONNECTION);
    assertThat(failure(Step.of("data: {\"error\":{\"message\":\"out of memory\"}}\n\n")))
        .hasMessageContaining("out of memory");
  }

  @Test
  void silenceBetweenChunksTimesOutBeforeTheTotalTimeout() throws Exception {
    long before = System.nanoTime();
    RequestException e = failure(Step.of(event("A")), Step.pause(3_000), Step.of(event("B")));
    assertThat(e.failure().kind()).isEqualTo(FailureKind.TIMEOUT);
    assertThat((System.nanoTime() - before) / 1e9).isBetween(0.5, 2.9);
  }

  private static RequestException failure(Step... steps) {
    return catchThrowableOfType(RequestException.class, () -> reply(steps));
  }

  private static ChatReply reply(Step... steps) throws Exception {
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> serve(server, steps));
      Endpoint endpoint =
          new Endpoint("http://127.0.0.1:" + server.getLocalPort() + "/v1", "m", null);
      Timeouts limits =
          new Timeouts(
              Duration.ofSeconds(4),
              Duration.ofMillis(600),
              Duration.ofSeconds(6),
              Duration.ofSeconds(6));
      RetryPolicy once = new RetryPolicy(1, Duration.ofMillis(1), Duration.ofMillis(1));
      ChatClient client =
          new ChatClient(
              endpoint,
              new ChatClient.ClientOptions(
                  once,
                  ConcurrencyLimit.fixed(1),
                  Pace.unlimited(),
                  Limits.NONE,
                  limits,
                  Budget.NONE,
                  true,
                  Notices.none()),
              new CancellationToken());
      return client.send(ChatRequest.of(null, "Hello", new Sampling(0, 1, 1, 9)));
    }
  }

  private static void serve(ServerSocket server, Step... steps) {
    try (var client = server.accept()) {
      client.setTcpNoDelay(true);
      client.getInputStream().read(new byte[1 << 16]);
      OutputStream out = client.getOutputStream();
      out.write(HEAD.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      for (Step step : steps) {
        out.write(step.bytes);
        out.flush();
        Thread.sleep(step.pause);
      }
    } catch (IOException | InterruptedException _) {
      // the client closed the connection
    }
  }
}
