package dev.refract.harness.config;

import dev.refract.harness.answer.Answerer;
import dev.refract.harness.answer.ChatAnswerer;
import dev.refract.harness.answer.EmbeddedAnswerer;
import dev.refract.harness.caption.BlindCaptioner;
import dev.refract.harness.caption.Captioner;
import dev.refract.harness.caption.DirectCaptioner;
import dev.refract.harness.caption.OcrCaptioner;
import dev.refract.harness.caption.PlaceboCaptioner;
import dev.refract.harness.caption.ReferenceCaptioner;
import dev.refract.harness.caption.VisionModelCaptioner;
import dev.refract.harness.config.ModelSpec.Api;
import dev.refract.harness.config.ModelSpec.Direct;
import dev.refract.harness.config.ModelSpec.OpenAi;
import dev.refract.harness.config.ModelSpec.Placebo;
import dev.refract.harness.llm.ChatClient;
import dev.refract.harness.llm.Endpoint;
import dev.refract.harness.llm.Endpoint.Dialect;
import dev.refract.harness.llm.RequestException;
import dev.refract.harness.llm.RetryPolicy;
import dev.refract.harness.model.ModelStore;
import dev.refract.manifest.ManifestException;
import dev.refract.manifest.ModelCatalog;
import dev.refract.manifest.ModelManifest;
import dev.refract.manifest.Protocol;
import dev.refract.manifest.Sampling;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Makes captioners and answerers from what a user named.
public final class ModelFactory {

  private static final int CONCURRENCY = 32;
  private static final int PATIENCE = 300;
  private static final Sampling JUDGING = new Sampling(0, 1, 1, 16);
  private static final List<String> CONTROLS = List.of("blind", "placebo", "reference", "direct");

  private final Protocol protocol;
  private final ModelStore models;
  private final Map<String, String> environment;

  /// @param environment where API keys are looked up
  public ModelFactory(Protocol protocol, ModelStore models, Map<String, String> environment) {
    this.protocol = protocol;
    this.models = models;
    this.environment = environment;
  }

  /// The id given, or the kind's name.
  public static String id(ModelSpec spec) {
    String id = spec.id() != null ? spec.id() : kind(spec);
    if (!id.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
      throw new ManifestException(
          "id '%s': expected letters, digits, '.', '_' and '-', since it names a folder"
              .formatted(id));
    }
    return id;
  }

  /// @param before the captioners that are named before it, of which a placebo may be one
  public Captioner captioner(ModelSpec spec, List<ModelSpec> before) {
    return switch (kind(spec)) {
      case "placebo" -> {
        Placebo placebo = Objects.requireNonNull(spec.placebo());
        ModelSpec of = placebo.of() == null ? lastOf(before) : placebo.of();
        if (List.of("placebo", "blind", "direct").contains(kind(of))) {
          throw new ManifestException(
              "placebo: expected a captioner that describes images, found '" + kind(of) + "'");
        }
        yield new PlaceboCaptioner(
            captioner(of, List.of()), placebo.seed() == null ? 0 : placebo.seed());
      }
      case "ocr" -> {
        Integer threads = spec.ocr() == null ? null : spec.ocr().threads();
        yield new OcrCaptioner(
            positive("threads", threads, Runtime.getRuntime().availableProcessors()));
      }
      case "direct" -> {
        Direct direct = Objects.requireNonNull(spec.direct());
        OpenAi server = (direct.of() == null ? lastOf(before) : direct.of()).openai();
        if (server == null) {
          throw new ManifestException(
              "direct: expected a server whose model sees images, named before it as openai:...");
        }
        Sampling sampling = sampling(server, protocol.answer().sampling());
        yield new DirectCaptioner(
            client(server),
            identity(server, sampling),
            sampling,
            positive("concurrency", server.concurrency(), CONCURRENCY));
      }
      case "blind" -> new BlindCaptioner();
      case "reference" -> new ReferenceCaptioner();
      case "openai" -> {
        OpenAi server = Objects.requireNonNull(spec.openai());
        Sampling sampling = sampling(server, protocol.caption().sampling());
        yield new VisionModelCaptioner(
            client(server),
            identity(server, sampling),
            sampling,
            positive("concurrency", server.concurrency(), CONCURRENCY));
      }
      default ->
          throw new ManifestException(
              "'%s' cannot caption; expected ocr, openai, blind, placebo, reference or direct"
                  .formatted(kind(spec)));
    };
  }

  /// Whose captions a captioner gives: its own, or for a placebo those of the captioner that it
  /// exchanges.
  public static String describer(ModelSpec spec, List<ModelSpec> before) {
    Placebo placebo = spec.placebo();
    if (placebo == null) {
      return id(spec);
    }
    return id(placebo.of() == null ? lastOf(before) : placebo.of());
  }

  /// The last captioner that is no control.
  private static ModelSpec lastOf(List<ModelSpec> before) {
    return before.reversed().stream()
        .filter(spec -> !CONTROLS.contains(kind(spec)))
        .findFirst()
        .orElseThrow(() ->
            new ManifestException(
                "placebo, direct: name the captioner that they are a control of before them, or as"
                    + " 'of'"));
  }

  /// Fetches the weights of an embedded answerer when they are not here.
  public Answerer answerer(ModelSpec spec) throws InterruptedException {
    return answerer(spec, protocol.answer().sampling(), protocol.answer().raw() != null);
  }

  /// Who says whether free answers mean the same as the golds.
  public Answerer judge(ModelSpec spec) throws InterruptedException {
    return answerer(spec, JUDGING, false);
  }

  private Answerer answerer(ModelSpec spec, Sampling usual, boolean raw)
      throws InterruptedException {
    return switch (kind(spec)) {
      case "embedded" -> {
        String name = spec.embedded() == null ? null : spec.embedded().model();
        ModelManifest model = model(name == null ? ModelCatalog.DEFAULT : name);
        yield new EmbeddedAnswerer(models.fetch(model), model.id(), model.sha256(), usual);
      }
      case "openai" -> {
        OpenAi server = Objects.requireNonNull(spec.openai());
        Sampling sampling = sampling(server, usual);
        ChatClient client = client(server);
        yield new ChatAnswerer(
            client,
            identity(server, sampling),
            sampling,
            positive("concurrency", server.concurrency(), CONCURRENCY),
            raw && takesRaw(server, client));
      }
      default ->
          throw new ManifestException(
              "'%s' cannot answer; expected embedded or openai".formatted(kind(spec)));
    };
  }

  private static boolean takesRaw(OpenAi server, ChatClient client) throws InterruptedException {
    if (server.api() != null) {
      return server.api() == Api.COMPLETIONS;
    }
    try {
      return client.offersCompletions();
    } catch (RequestException e) {
      throw new ManifestException(
          "cannot tell whether the answerer takes raw prompts: %s; start it, or say api=chat or api=completions"
              .formatted(e.getMessage()));
    }
  }

  public static ModelManifest model(String id) {
    return ModelCatalog.find(id)
        .orElseThrow(() ->
            new ManifestException(
                "model '%s' is unknown; known: %s"
                    .formatted(
                        id,
                        String.join(
                            ", ", ModelCatalog.all().stream().map(ModelManifest::id).toList()))));
  }

  private static String kind(ModelSpec spec) {
    List<String> kinds =
        Stream.of(
                named("openai", spec.openai()),
                named("ocr", spec.ocr()),
                named("blind", spec.blind()),
                named("reference", spec.reference()),
                named("placebo", spec.placebo()),
                named("direct", spec.direct()),
                named("embedded", spec.embedded()))
            .filter(name -> !name.isEmpty())
            .toList();
    if (kinds.size() != 1) {
      throw new ManifestException(
          "%s: expected exactly one of openai, ocr, blind, reference, placebo, direct, embedded; found %s"
              .formatted(
                  spec.id() == null ? "a captioner or answerer" : "'" + spec.id() + "'", kinds));
    }
    return kinds.getFirst();
  }

  private static String named(String name, @Nullable Object settings) {
    return settings == null ? "" : name;
  }

  private ChatClient client(OpenAi server) {
    Endpoint endpoint = new Endpoint(address(server), model(server), key(server), dialect(server));
    int concurrency = positive("concurrency", server.concurrency(), CONCURRENCY);
    int patience = positive("timeout_seconds", server.timeoutSeconds(), PATIENCE);
    return new ChatClient(endpoint, RetryPolicy.DEFAULT, concurrency, Duration.ofSeconds(patience));
  }

  private @Nullable String key(OpenAi server) {
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
          "api_key_env: the environment has no variable " + server.apiKeyEnv());
    }
    return key;
  }

  private static Map<String, Object> identity(OpenAi server, Sampling sampling) {
    Map<String, Object> identity = new LinkedHashMap<>();
    identity.put("kind", "openai");
    identity.put("base_url", address(server));
    identity.put("model", model(server));
    if (server.checkpoint() != null) {
      identity.put("checkpoint", server.checkpoint());
    }
    identity.put("temperature", sampling.temperature());
    identity.put("top_p", sampling.topP());
    if (dialect(server) == Dialect.VLLM) {
      identity.put("repetition_penalty", sampling.repetitionPenalty());
    }
    identity.put("max_tokens", sampling.maxTokens());
    return identity;
  }

  private static Dialect dialect(OpenAi server) {
    if (server.dialect() != null) {
      return server.dialect();
    }
    return address(server).matches("https?://([^/]+\\.)?openai\\.(com|azure\\.com)([:/].*)?")
        ? Dialect.OPENAI
        : Dialect.VLLM;
  }

  private static String model(OpenAi server) {
    String model = server.model();
    if (model == null || model.isBlank()) {
      throw new ManifestException("model: the name that the server knows is missing");
    }
    return model;
  }

  private static String address(OpenAi server) {
    String baseUrl = server.baseUrl() == null ? "" : server.baseUrl();
    try {
      URI uri = URI.create(baseUrl);
      String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
      if (authority.contains("@") || uri.getRawQuery() != null) {
        // Not repeated in the message: it may hold a secret.
        throw new ManifestException(
            "base_url: expected no user, password or query; put the key into an environment"
                + " variable and name that with api_key_env");
      }
      boolean port = !authority.matches(".*:\\d+") || uri.getPort() <= 65_535;
      if (!authority.isEmpty() && port && List.of("http", "https").contains(uri.getScheme())) {
        return baseUrl;
      }
    } catch (IllegalArgumentException _) {
      // told below
    }
    throw new ManifestException(
        "base_url: expected an address such as http://gpu1:8000/v1, found %s"
            .formatted(baseUrl.isEmpty() ? "nothing" : "'" + baseUrl + "'"));
  }

  private static Sampling sampling(OpenAi server, Sampling otherwise) {
    return new Sampling(
        within("temperature", server.temperature(), otherwise.temperature(), 0, 100),
        within("top_p", server.topP(), otherwise.topP(), 0, 1),
        within(
            "repetition_penalty",
            server.repetitionPenalty(),
            otherwise.repetitionPenalty(),
            0,
            100),
        positive("max_tokens", server.maxTokens(), otherwise.maxTokens()));
  }

  private static double within(
      String name, @Nullable Double value, double otherwise, double least, double most) {
    if (value != null && !(value >= least && value <= most)) {
      throw new ManifestException(
          "%s: expected %s to %s, found %s".formatted(name, least, most, value));
    }
    return value == null ? otherwise : value;
  }

  private static int positive(String name, @Nullable Integer value, int otherwise) {
    if (value != null && value < 1) {
      throw new ManifestException("%s: expected at least 1, found %d".formatted(name, value));
    }
    return value == null ? otherwise : value;
  }
}
