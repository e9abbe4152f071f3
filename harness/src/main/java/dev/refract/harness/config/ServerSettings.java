package dev.refract.harness.config;

import dev.refract.harness.config.ModelSpec.OpenAi;
import dev.refract.harness.llm.ChatClient;
import dev.refract.harness.llm.ChatModel;
import dev.refract.harness.llm.Endpoint;
import dev.refract.harness.llm.Tokenizer;
import dev.refract.harness.net.Access;
import dev.refract.harness.os.CancellationToken;
import dev.refract.harness.os.Notices;
import dev.refract.harness.os.ServerCommands;
import dev.refract.harness.pace.ConcurrencyLimit;
import dev.refract.harness.pace.Limits;
import dev.refract.harness.pace.Pace;
import dev.refract.harness.pace.RetryPolicy;
import dev.refract.harness.text.Secrets;
import dev.refract.manifest.ManifestException;
import dev.refract.manifest.Provider;
import dev.refract.manifest.ProviderCatalog;
import dev.refract.manifest.Sampling;
import dev.refract.reports.result.ModelIdentity;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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

  private static final Pattern CONCURRENT = Pattern.compile("(auto)?:?(\\d{1,5})?");

  /// The model with a client that retries and waits.
  ///
  /// @param otherwise sampling where the user set none
  /// @param paces one for all clients of the same servers
  ChatModel model(
      Sampling otherwise,
      Map<List<String>, Pace> paces,
      CancellationToken cancellation,
      Notices notices) {
    return model(
        otherwise,
        RetryPolicy.DEFAULT,
        concurrency(),
        paces.computeIfAbsent(addresses(), _ -> Pace.unlimited()),
        new LimitSettings(server.limits()).limits(),
        false,
        cancellation,
        notices);
  }

  /// The model with a client for load tests: it streams replies, does not retry, and leaves the
  /// number of requests in flight to the load.
  ChatModel measuring(Sampling otherwise, CancellationToken cancellation) {
    return model(
        otherwise,
        RetryPolicy.NONE,
        ConcurrencyLimit.unlimited(),
        Pace.unlimited(),
        Limits.NONE,
        true,
        cancellation,
        Notices.none());
  }

  private ChatModel model(
      Sampling otherwise,
      RetryPolicy retries,
      ConcurrencyLimit concurrency,
      Pace pace,
      Limits limits,
      boolean streaming,
      CancellationToken cancellation,
      Notices notices) {
    if (Boolean.FALSE.equals(server.access().verify())) {
      notices.sayOnce(
          "verify", "Warning: verify is false, so that certificates of servers are not checked");
    }
    Sampling sampling = sampling(otherwise);
    RequestSettings request = new RequestSettings(server, provider());
    if (sampling.repetitionPenalty() != 1 && !request.form().sends("repetition_penalty", false)) {
      notices.sayOnce(
          "repetition_penalty of " + name(),
          "Warning: %s has no repetition_penalty, so that the protocol's %s is not applied"
              .formatted(provider().id(), sampling.repetitionPenalty()));
    }
    Endpoint endpoint = new Endpoint(addresses(), name(), access(), request.form(), tokenizer());
    LimitSettings limited = new LimitSettings(server.limits());
    ChatClient client =
        new ChatClient(
            endpoint,
            new ChatClient.ClientOptions(
                retries,
                concurrency,
                pace,
                limits,
                limited.timeouts(),
                limited.budget(),
                streaming,
                notices),
            cancellation);
    return new ChatModel(
        client, identity(sampling, request), sampling, request.images(), commands());
  }

  private ServerCommands commands() {
    ModelSpec.CommandSpec commands = server.commands();
    String stop = commands.stopCommand();
    // Before there were texts that end a reply, `stop` was the command.
    boolean former =
        stop == null && commands.start() != null && server.sampling().stop() instanceof String;
    return new ServerCommands(
        commands.start(), commands.ready(), former ? (String) server.sampling().stop() : stop);
  }

  private ModelIdentity.Served identity(Sampling sampling, RequestSettings request) {
    return new ModelIdentity.Served(
        String.join("|", addresses()),
        name(),
        server.checkpoint() == null ? null : checkpoint(server.checkpoint()),
        sampling.temperature(),
        sampling.topP(),
        request.form().sends("repetition_penalty", false) ? sampling.repetitionPenalty() : null,
        sampling.maxTokens(),
        request.identity());
  }

  private static String checkpoint(String digest) {
    if (!digest.matches("[A-Za-z0-9][A-Za-z0-9:._-]{7,199}")) {
      throw new ManifestException(
          "checkpoint: expected a digest of the weights such as 'refract models digest' prints,"
              + " found '%s'".formatted(digest));
    }
    return digest;
  }

  private Sampling sampling(Sampling otherwise) {
    return new Sampling(
        Numbers.within(
            "temperature", server.sampling().temperature(), otherwise.temperature(), 0, 100),
        Numbers.within("top_p", server.sampling().topP(), otherwise.topP(), 0, 1),
        Numbers.within(
            "repetition_penalty",
            server.sampling().repetitionPenalty(),
            otherwise.repetitionPenalty(),
            0,
            100),
        (int) Numbers.positive("max_tokens", server.sampling().maxTokens(), otherwise.maxTokens()));
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
            Numbers.positive(
                "concurrency",
                wanted.group(2) == null ? null : Integer.valueOf(wanted.group(2)),
                MAX_CONCURRENCY);
    return wanted.group(1) == null
        ? ConcurrencyLimit.fixed(most)
        : ConcurrencyLimit.adaptive(most, System.nanoTime());
  }

  private Access access() {
    return new AccessSettings(server.access(), provider(), addresses(), environment).access();
  }

  private @Nullable Tokenizer tokenizer() {
    return server.tokenizer() == null ? null : Tokenizer.open(Path.of(server.tokenizer()));
  }

  /// The named provider, else the one to which the address belongs.
  private Provider provider() {
    if (server.provider() != null) {
      return ProviderCatalog.get(server.provider());
    }
    String host = URI.create(addresses().getFirst()).getHost();
    return host == null
        ? Provider.UNKNOWN
        : ProviderCatalog.at(host.toLowerCase(Locale.ROOT)).orElse(Provider.UNKNOWN);
  }

  private String name() {
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
    return addresses.isEmpty() ? List.of(address(usualAddress())) : addresses;
  }

  /// `OPENAI_BASE_URL`, else the address of the named provider, else nothing.
  private String usualAddress() {
    Provider named = server.provider() == null ? null : ProviderCatalog.get(server.provider());
    String own = environment.get(AccessSettings.BASE_URL_VARIABLE);
    if (own != null && !own.isBlank() && (named == null || named.id().equals("openai"))) {
      return own.strip();
    }
    return named == null || named.baseUrl() == null ? "" : named.baseUrl();
  }

  private static String address(String baseUrl) {
    try {
      URI uri = URI.create(baseUrl);
      String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
      if (authority.contains("@") || uri.getRawQuery() != null) {
        // The message does not repeat the address: it may contain a secret.
        throw new ManifestException(
            "base_url: expected no user, password or query; put the key into an environment"
                + " variable and name that with api_key_env, and parameters under query");
      }
      boolean port =
          !authority.matches(".*:[^:\\]]*") // nor is that of an IPv6 address in brackets
              || authority.matches(".*:\\d{1,5}") && uri.getPort() <= 65_535;
      if (!authority.isEmpty() && port && List.of("http", "https").contains(uri.getScheme())) {
        return baseUrl;
      }
    } catch (IllegalArgumentException _) {
      // reported below
    }
    throw new ManifestException(
        "base_url: expected an address such as http://gpu1:8000/v1, found %s"
            .formatted(baseUrl.isEmpty() ? "nothing" : "'" + Secrets.masked(baseUrl) + "'"));
  }
}
