package dev.refract.harness.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.refract.harness.answer.AnswerPrompt;
import dev.refract.harness.answer.TextAnswerer;
import dev.refract.harness.llm.ChatReply;
import dev.refract.harness.model.ModelStore;
import dev.refract.harness.os.CancellationToken;
import dev.refract.harness.os.Notices;
import dev.refract.manifest.ProtocolCatalog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The commands of docs/servers.md against servers that accept what each provider accepts, and
/// refuse with its words what it refuses.
class ProviderShapesTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Path DOCS = Path.of("../docs/servers.md");
  private static final String SECTION = "(?m)^## ";
  private static final Pattern ANSWERER = Pattern.compile("--answerer (openai:\\S+)");
  private static final Set<String> OPENAI =
      Set.of(
          "model",
          "messages",
          "stream",
          "temperature",
          "top_p",
          "seed",
          "stop",
          "presence_penalty",
          "frequency_penalty",
          "reasoning_effort");

  /// The answerer of each command, by the section's title.
  static Stream<Map.Entry<String, String>> commands() throws IOException {
    Map<String, String> found = new LinkedHashMap<>();
    for (String section : Files.readString(DOCS).split(SECTION)) {
      Matcher answerer = ANSWERER.matcher(section);
      if (answerer.find()) {
        found.put(section.lines().findFirst().orElseThrow(), answerer.group(1));
      }
    }
    assertThat(found).hasSize(11);
    return found.entrySet().stream();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void the_command_of_each_provider_is_accepted(Map.Entry<String, String> command)
      throws Exception {
    String provider = command.getKey();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> answer(exchange, provider));
    server.start();
    try {
      String path = provider.equals("azure") ? "/openai/deployments/D" : "/v1";
      String address = "http://127.0.0.1:%d%s".formatted(server.getAddress().getPort(), path);
      String spec =
          command.getValue().contains("base_url=")
              ? command.getValue().replaceFirst("base_url=[^,]+", "base_url=" + address)
              : command.getValue() + ",base_url=" + address;
      Map<String, String> environment =
          Map.of(
              "OPENAI_API_KEY", "key",
              "AZURE_OPENAI_API_KEY", "key",
              "ANTHROPIC_API_KEY", "key",
              "MISTRAL_API_KEY", "key",
              "OPENROUTER_API_KEY", "key",
              "LITELLM_KEY", "key",
              "GATEWAY_KEY", "key");
      ModelFactory factory =
          new ModelFactory(
              ProtocolCatalog.get("short-answer"),
              ModelStore.ofUser(System.err),
              environment,
              new CancellationToken(),
              Notices.none());
      try (TextAnswerer answerer = factory.answerer(ModelSpecParser.parse("--answerer", spec))) {
        ChatReply reply = answerer.answer(new AnswerPrompt("Be brief.", "", "", "Why?", false), 0);
        assertThat(reply.text()).isEqualTo("blue");
      }
    } finally {
      server.stop(0);
    }
  }

  private static void answer(HttpExchange exchange, String provider) throws IOException {
    try (exchange) {
      JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
      String refusal = refusal(exchange, body, provider);
      byte[] reply =
          (refusal.isEmpty()
                  ? "{\"choices\":[{\"message\":{\"content\":\"blue\"},\"finish_reason\":\"stop\"}]}"
                  : "{\"error\":{\"message\":\"%s\"}}".formatted(refusal))
              .getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(refusal.isEmpty() ? 200 : 400, reply.length);
      exchange.getResponseBody().write(reply);
    }
  }

  /// What the provider would refuse; empty for nothing.
  private static String refusal(HttpExchange exchange, JsonNode body, String provider) {
    return switch (provider) {
      case "vllm", "sglang" ->
          needs(body, "top_p", "repetition_penalty", "max_tokens", "chat_template_kwargs");
      case "llama.cpp" -> needs(body, "repeat_penalty") + only(body, "repetition_penalty");
      case "ollama" -> needs(body, "seed") + only(body, "repetition_penalty");
      case "openai" ->
          key(exchange, "Authorization", "Bearer key")
              + unknown(body, "max_completion_tokens")
              + (body.path("temperature").asDouble(1) == 1 ? "" : "only temperature 1")
              + only(body, "top_p");
      case "azure" ->
          key(exchange, "api-key", "key")
              + ("api-version=2024-10-21".equals(exchange.getRequestURI().getQuery())
                  ? ""
                  : "no api-version")
              + unknown(body, "max_completion_tokens");
      case "anthropic" ->
          key(exchange, "Authorization", "Bearer key")
              + unknown(body, "max_tokens")
              + only(body, "top_p");
      case "mistral" ->
          key(exchange, "Authorization", "Bearer key")
              + needs(body, "random_seed")
              + unknown(body, "max_tokens", "random_seed")
              + only(body, "seed");
      case "openrouter" -> needs(body, "provider", "reasoning");
      case "litellm" -> key(exchange, "Authorization", "Bearer key");
      default -> key(exchange, "X-Api-Key", "key") + key(exchange, "X-Team-Id", "vision");
    };
  }

  private static String needs(JsonNode body, String... parameters) {
    return String.join(
        " ", Stream.of(parameters).filter(p -> !body.has(p)).map(p -> "missing " + p).toList());
  }

  /// Refuses a parameter.
  private static String only(JsonNode body, String refused) {
    return body.has(refused) ? "refused " + refused : "";
  }

  private static String unknown(JsonNode body, String... more) {
    return String.join(
        " ",
        body.propertyNames().stream()
            .filter(name -> !OPENAI.contains(name) && !List.of(more).contains(name))
            .map(name -> "unknown " + name)
            .toList());
  }

  private static String key(HttpExchange exchange, String header, String value) {
    return value.equals(exchange.getRequestHeaders().getFirst(header)) ? "" : "no " + header;
  }
}
