package dev.refract.harness.llm;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A chat server on the loopback address for tests of faults: it sends the given answers and
/// records the requests.
public final class FakeServer implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final HttpServer server;
  private final List<Received> received = new CopyOnWriteArrayList<>();
  private volatile int statusOfPages = 404; // it has none

  /// @param body as received
  public record Received(String path, String authorization, String body, JsonNode json) {

    /// The raw prompt, or the text of the last message.
    public String text() {
      if (json.has("prompt")) {
        return json.path("prompt").asString("");
      }
      JsonNode messages = json.path("messages");
      JsonNode content = messages.path(messages.size() - 1).path("content");
      return content.isString()
          ? content.asString()
          : content.path(content.size() - 1).path("text").asString("");
    }
  }

  /// @param retryAfter sent when not empty
  public record Answer(int status, String body, String retryAfter) {

    public static Answer saying(String text) {
      String content = JSON.writeValueAsString(text);
      return new Answer(
          200,
          "{\"choices\":[{\"message\":{\"role\":\"assistant\",\"content\":%s},\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":3}}"
              .formatted(content),
          "");
    }

    /// A reply of `/completions`.
    public static Answer completing(String text) {
      return new Answer(
          200,
          "{\"choices\":[{\"text\":%s,\"finish_reason\":\"stop\"}]}"
              .formatted(JSON.writeValueAsString(text)),
          "");
    }

    public static Answer failing(int status, String body) {
      return new Answer(status, body, "");
    }
  }

  public FakeServer(Function<Received, Answer> answers) throws IOException {
    this(0, answers);
  }

  /// @param port 0 for any that is free
  public FakeServer(int port, Function<Received, Answer> answers) throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/", exchange -> handle(exchange, answers));
    server.start();
  }

  /// From now on its pages answer as a gateway does whose server is not running.
  public void hidePages() {
    statusOfPages = 502;
  }

  private void handle(HttpExchange exchange, Function<Received, Answer> answers)
      throws IOException {
    try (exchange) {
      if (exchange.getRequestMethod().equals("GET")) {
        exchange.sendResponseHeaders(statusOfPages, -1); // not recorded as a request
        return;
      }
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      String key = exchange.getRequestHeaders().getFirst("Authorization");
      Received request =
          new Received(
              exchange.getRequestURI().getPath(),
              key == null ? "" : key,
              body,
              JSON.readTree(body));
      received.add(request);
      Answer answer = answers.apply(request);
      byte[] bytes = answer.body.getBytes(StandardCharsets.UTF_8);
      if (!answer.retryAfter.isEmpty()) {
        exchange.getResponseHeaders().set("Retry-After", answer.retryAfter);
      }
      exchange.sendResponseHeaders(answer.status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public String baseUrl() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  public List<Received> received() {
    return received;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
