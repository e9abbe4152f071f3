package dev.refract.harness.config;

import dev.refract.harness.config.ModelSpec.OpenAi;
import dev.refract.harness.llm.Budget;
import dev.refract.harness.llm.ChatClient;
import dev.refract.harness.llm.ConcurrencyLimit;
import dev.refract.harness.llm.Endpoint;
import dev.refract.harness.llm.Endpoint.Dialect;
import dev.refract.harness.llm.RetryPolicy;
import dev.refract.harness.llm.Timeouts;
import dev.refract.harness.llm.Tokenizer;
import dev.refract.harness.os.CancellationToken;
import dev.refract.harness.os.ModelServer;
import dev.refract.harness.os.ServerCommands;
import dev.refract.manifest.ManifestException;
import dev.refract.manifest.Sampling;
import dev.refract.reports.result.ModelIdentity;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A user's settings of a server, checked and with defaults filled in.
///
/// @param environment environment variables, for the API key
record ServerSettings(OpenAi server, Map<String, String> environment) {

  private static final int DEFAULT_CONCURRENCY = 32;
  private static final int MAX_CONCURRENCY = 1024;
  private static final int TIMEOUT_SECONDS = 300;

  private static final Pattern CONCURRENT = Pattern.compile("(auto)?:?(\\d{1,5})?");

  ChatClient client(CancellationToken cancellation) {
    return client(RetryPolicy.DEFAULT, concurrency(), false, cancellation);
  }

  /// A client for load tests: it streams replies, does not retry, and leaves the number of requests
  /// in flight to the load.
  ChatClient measuring(CancellationToken cancellation) {
    return client(
        RetryPolicy.NONE, ConcurrencyLimit.fixed(Integer.MAX_VALUE / 2), true, cancellation);
  }

  private ChatClient client(
      RetryPolicy retries,
      ConcurrencyLimit concurrency,
      boolean streaming,
      CancellationToken cancellation) {
    return new ChatClient(
        new Endpoint(addresses(), model(), key(), dialect(), tokenizer()),
        new ChatClient.ClientOptions(retries, concurrency, limits(), budget(), streaming),
        cancellation);
  }

  /// @param client the client that checks whether the server is ready
  ModelServer server(ChatClient client) {
    return new ModelServer(
        client.addresses(),
        new ServerCommands(
            server.commands().start(), server.commands().ready(), server.commands().stop()),
        client::isReady);
  }

  ModelIdentity.Served identity(Sampling sampling) {
    return new ModelIdentity.Served(
        String.join("|", addresses()),
        model(),
        server.checkpoint() == null ? null : checkpoint(server.checkpoint()),
        sampling.temperature(),
        sampling.topP(),
        dialect() == Dialect.VLLM ? sampling.repetitionPenalty() : null,
        sampling.maxTokens());
  }

  private static String checkpoint(String digest) {
    if (!digest.matches("[A-Za-z0-9][A-Za-z0-9:._-]{7,199}")) {
      throw new ManifestException(
          "checkpoint: expected a digest of the weights such as 'refract models digest' prints,"
              + " found '%s'".formatted(digest));
    }
    return digest;
  }

  Sampling sampling(Sampling otherwise) {
    return new Sampling(
        within("temperature", server.sampling().temperature(), otherwise.temperature(), 0, 100),
        within("top_p", server.sampling().topP(), otherwise.topP(), 0, 1),
        within(
            "repetition_penalty",
            server.sampling().repetitionPenalty(),
            otherwise.repetitionPenalty(),
            0,
            100),
        (int) positive("max_tokens", server.sampling().maxTokens(), otherwise.maxTokens()));
  }

  private ConcurrencyLimit concurrency() {
    String text =
        server.concurrency() == null ? "" + DEFAULT_CONCURRENCY : server.concurrency().strip();
    Matcher wanted = CONCURRENT.matcher(text);
    if (!wanted.matches() || text.isEmpty() || "0".equals(text)) {
      throw new ManifestException(
          "concurrency: expected a number of at least 1, 'auto' or 'auto:512', found '%s'"
              .formatted(text));
    }
    int most =
        (int)
            positive(
                "concurrency",
                wanted.group(2) == null ? null : Integer.valueOf(wanted.group(2)),
                MAX_CONCURRENCY);
    return wanted.group(1) == null
        ? ConcurrencyLimit.fixed(most)
        : ConcurrencyLimit.adaptive(most, System.nanoTime());
  }

  private Timeouts limits() {
    Duration attempt =
        seconds("timeout_seconds", server.timeouts().timeoutSeconds(), TIMEOUT_SECONDS);
    Timeouts usual = Timeouts.of(attempt);
    return new Timeouts(
        server.timeouts().firstByteSeconds() == null
            ? usual.firstByte()
            : seconds("first_byte_seconds", server.timeouts().firstByteSeconds(), TIMEOUT_SECONDS),
        server.timeouts().chunkSeconds() == null
            ? usual.betweenChunks()
            : seconds("chunk_seconds", server.timeouts().chunkSeconds(), TIMEOUT_SECONDS),
        attempt,
        usual.request());
  }

  private Budget budget() {
    if (server.budget().maxCost() != null
        && server.budget().inputPrice() == null
        && server.budget().outputPrice() == null) {
      throw new ManifestException(
          "max_cost: expected input_price, output_price or both as well, found neither");
    }
    return new Budget(
        server.budget().maxRequests() == null
            ? null
            : Long.valueOf(positive("max_requests", server.budget().maxRequests(), 1)),
        server.budget().maxTotalTokens() == null
            ? null
            : Long.valueOf(positive("max_total_tokens", server.budget().maxTotalTokens(), 1)),
        server.budget().maxCost() == null
            ? null
            : Double.valueOf(within("max_cost", server.budget().maxCost(), 0, 0, Double.MAX_VALUE)),
        within("input_price", server.budget().inputPrice(), 0, 0, Double.MAX_VALUE),
        within("output_price", server.budget().outputPrice(), 0, 0, Double.MAX_VALUE));
  }

  @Nullable String key() {
    if (server.apiKeyEnv() == null) {
      return null;
    }
    if (!server.apiKeyEnv().matches("[A-Za-z_][A-Za-z0-9_]{0,99}")) {
      throw new ManifestException(
          "api_key_env: expected the name of an environment variable, not a key itself");
    }
    String key = environment.get(server.apiKeyEnv());
    if (key == null || key.isBlank()) {
      throw new ManifestException(
          "api_key_env: the environment variable %s is not set".formatted(server.apiKeyEnv()));
    }
    String trimmed = key.strip(); // files of keys end in a line feed
    if (!trimmed.matches("[!-~]+")) {
      throw new ManifestException(
          "api_key_env: the value of %s contains blanks, line feeds or other characters that no header can contain"
              .formatted(server.apiKeyEnv()));
    }
    return trimmed;
  }

  private @Nullable Tokenizer tokenizer() {
    return server.tokenizer() == null ? null : Tokenizer.open(Path.of(server.tokenizer()));
  }

  private Dialect dialect() {
    if (server.dialect() != null) {
      return server.dialect();
    }
    return addresses().getFirst().matches("https?://([^/]+\\.)?openai\\.(com|azure\\.com)([:/].*)?")
        ? Dialect.OPENAI
        : Dialect.VLLM;
  }

  private String model() {
    String model = server.model();
    if (model == null || model.isBlank()) {
      throw new ManifestException("model: the name of the model on the server is missing");
    }
    return model;
  }

  private List<String> addresses() {
    List<String> addresses = new ArrayList<>();
    for (String text : server.baseUrl() == null ? List.<String>of() : server.baseUrl()) {
      for (String url : text == null ? new String[] {""} : text.split("\\|", -1)) {
        addresses.add(address(url.strip()));
      }
    }
    return addresses.isEmpty() ? List.of(address("")) : addresses;
  }

  private static String address(String baseUrl) {
    try {
      URI uri = URI.create(baseUrl);
      String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
      if (authority.contains("@") || uri.getRawQuery() != null) {
        // The message does not repeat the address: it may contain a secret.
        throw new ManifestException(
            "base_url: expected no user, password or query; put the key into an environment"
                + " variable and name that with api_key_env");
      }
      boolean port = !authority.matches(".*:\\d+") || uri.getPort() <= 65_535;
      if (!authority.isEmpty() && port && List.of("http", "https").contains(uri.getScheme())) {
        return baseUrl;
      }
    } catch (IllegalArgumentException _) {
      // reported below
    }
    throw new ManifestException(
        "base_url: expected an address such as http://gpu1:8000/v1, found %s"
            .formatted(baseUrl.isEmpty() ? "nothing" : "'" + baseUrl + "'"));
  }

  private static double within(
      String name, @Nullable Double value, double otherwise, double least, double most) {
    if (value != null && !(value >= least && value <= most)) {
      throw new ManifestException(
          "%s: expected %s to %s, found %s".formatted(name, least, most, value));
    }
    return value == null ? otherwise : value;
  }

  private static Duration seconds(String name, @Nullable Integer value, int otherwise) {
    return Duration.ofSeconds(positive(name, value, otherwise));
  }

  static long positive(String name, @Nullable Number value, long otherwise) {
    if (value != null && value.longValue() < 1) {
      throw new ManifestException("%s: expected at least 1, found %s".formatted(name, value));
    }
    return value == null ? otherwise : value.longValue();
  }
}
