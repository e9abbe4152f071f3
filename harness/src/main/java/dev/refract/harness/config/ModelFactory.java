package dev.refract.harness.config;

import dev.refract.harness.answer.ChatAnswerer;
import dev.refract.harness.answer.CustomAnswerer;
import dev.refract.harness.answer.ImageAnswerer;
import dev.refract.harness.answer.TextAnswerer;
import dev.refract.harness.caption.Captioner;
import dev.refract.harness.caption.CustomCaptioner;
import dev.refract.harness.caption.FileCaptioner;
import dev.refract.harness.caption.OcrCaptioner;
import dev.refract.harness.caption.PlaceboCaptioner;
import dev.refract.harness.caption.ReferenceCaptioner;
import dev.refract.harness.caption.SilentCaptioner;
import dev.refract.harness.caption.VisionModelCaptioner;
import dev.refract.harness.config.ModelSpec.Api;
import dev.refract.harness.config.ModelSpec.CaptionFile;
import dev.refract.harness.config.ModelSpec.Direct;
import dev.refract.harness.config.ModelSpec.JavaClass;
import dev.refract.harness.config.ModelSpec.OpenAi;
import dev.refract.harness.config.ModelSpec.Placebo;
import dev.refract.harness.llm.ChatClient;
import dev.refract.harness.llm.ChatModel;
import dev.refract.harness.llm.RequestException;
import dev.refract.harness.model.ModelStore;
import dev.refract.harness.os.CancellationToken;
import dev.refract.harness.os.Notices;
import dev.refract.harness.pace.Pace;
import dev.refract.harness.plugin.ImageDescriber;
import dev.refract.harness.plugin.Plugin;
import dev.refract.harness.plugin.TextResponder;
import dev.refract.manifest.ManifestException;
import dev.refract.manifest.ModelCatalog;
import dev.refract.manifest.ModelManifest;
import dev.refract.manifest.Protocol;
import dev.refract.manifest.Sampling;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Creates captioners and answerers from their specifications.
public final class ModelFactory {

  private static final Sampling JUDGING = new Sampling(0, 1, 1, 16);
  private static final List<String> CONTROLS = List.of("blind", "placebo", "reference", "direct");

  private final Protocol protocol;
  private final ModelStore models;
  private final Map<String, String> environment;
  private final CancellationToken cancellation;
  private final Notices notices;
  private final Map<List<String>, Pace> paces = new HashMap<>();

  /// @param environment environment variables, for API keys and proxies
  /// @param cancellation checked by clients before they send a request
  /// @param notices what the user learns while clients work
  public ModelFactory(
      Protocol protocol,
      ModelStore models,
      Map<String, String> environment,
      CancellationToken cancellation,
      Notices notices) {
    this.protocol = protocol;
    this.models = models;
    this.environment = environment;
    this.cancellation = cancellation;
    this.notices = notices;
  }

  /// The given id, else the name of the kind.
  public static String id(ModelSpec spec) {
    String id = spec.id() != null ? spec.id() : usualId(spec);
    if (!id.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}")) {
      throw new ManifestException(
          "id '%s': expected letters, digits, '.', '_' and '-', since it names a folder"
              .formatted(id));
    }
    return id;
  }

  /// The kind's name; for a file of captions the file's name without its ending.
  private static String usualId(ModelSpec spec) {
    String kind = kind(spec);
    if (spec.file() == null || spec.file().path() == null) {
      return kind;
    }
    Path name = Path.of(spec.file().path()).getFileName();
    String stem = name == null ? "" : name.toString().replaceFirst("\\.[^.]*$", "");
    return stem.matches("[A-Za-z0-9][A-Za-z0-9._-]{0,99}") ? stem : kind;
  }

  /// @param before the captioners named before this one; controls refer to the last of them
  public Captioner captioner(ModelSpec spec, List<ModelSpec> before) throws InterruptedException {
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
            models,
            (int) Numbers.positive("threads", threads, Runtime.getRuntime().availableProcessors()));
      }
      case "direct" -> SilentCaptioner.direct(seeing(spec, before).identity());
      case "blind" -> SilentCaptioner.blind();
      case "reference" -> new ReferenceCaptioner();
      case "file" -> new FileCaptioner(captions(Objects.requireNonNull(spec.file())));
      case "java" ->
          new CustomCaptioner(plugin(Objects.requireNonNull(spec.java()), ImageDescriber.class));
      case "openai" -> {
        yield new VisionModelCaptioner(
            model(Objects.requireNonNull(spec.openai()), protocol.caption().sampling()));
      }
      case "gguf" -> {
        yield local().captioner(Objects.requireNonNull(spec.gguf()), protocol.caption().sampling());
      }
      default ->
          throw new ManifestException(
              "'%s' cannot caption; expected ocr, openai, gguf, file, java, blind, placebo, reference or direct"
                  .formatted(kind(spec)));
    };
  }

  private static Path captions(CaptionFile file) {
    if (file.path() == null || file.path().isBlank()) {
      throw new ManifestException("file: expected a file of captions, as in file:captions.jsonl");
    }
    return Path.of(file.path());
  }

  private static <T> Plugin<T> plugin(JavaClass java, Class<T> as) {
    if (java.name() == null || java.name().isBlank()) {
      throw new ManifestException(
          "java: expected a class, as in java:class=com.example.Mine,jar=mine.jar");
    }
    return Plugin.load(java.name(), java.jar() == null ? null : Path.of(java.jar()), as);
  }

  /// The vision model that answers in the captioner's place, for the control `direct`; empty for
  /// every other captioner.
  ///
  /// @param before the captioners named before this one
  public Optional<ImageAnswerer> imageAnswerer(ModelSpec spec, List<ModelSpec> before) {
    if (spec.direct() == null) {
      return Optional.empty();
    }
    return Optional.of(new ImageAnswerer(seeing(spec, before)));
  }

  private ChatModel seeing(ModelSpec spec, List<ModelSpec> before) {
    Direct direct = Objects.requireNonNull(spec.direct());
    OpenAi server = (direct.of() == null ? lastOf(before) : direct.of()).openai();
    if (server == null) {
      throw new ManifestException(
          "direct: expected a server whose model sees images, named before it as openai:...");
    }
    return model(server, protocol.answer().sampling());
  }

  /// Id of the captioner that makes the captions: the captioner itself, or the one whose captions a
  /// placebo swaps.
  public static String describer(ModelSpec spec, List<ModelSpec> before) {
    Placebo placebo = spec.placebo();
    if (placebo == null) {
      return id(spec);
    }
    return id(placebo.of() == null ? lastOf(before) : placebo.of());
  }

  /// The last captioner that is not a control.
  private static ModelSpec lastOf(List<ModelSpec> before) {
    return before.reversed().stream()
        .filter(spec -> !CONTROLS.contains(kind(spec)))
        .findFirst()
        .orElseThrow(() ->
            new ManifestException(
                "placebo and direct refer to another captioner: name it before them, or give it as"
                    + " 'of'"));
  }

  /// Creates an answerer; fetches the weights of an embedded one if they are missing.
  public TextAnswerer answerer(ModelSpec spec) throws InterruptedException {
    return answerer(spec, protocol.answer().sampling(), protocol.answer().raw() != null);
  }

  /// Creates the judge of whether free-form answers mean the same as the golds.
  public TextAnswerer judge(ModelSpec spec) throws InterruptedException {
    return answerer(spec, JUDGING, false);
  }

  private TextAnswerer answerer(ModelSpec spec, Sampling usual, boolean raw)
      throws InterruptedException {
    return switch (kind(spec)) {
      case "embedded" -> {
        yield local().embedded(Objects.requireNonNull(spec.embedded()), usual);
      }
      case "gguf" -> {
        yield local().answerer(Objects.requireNonNull(spec.gguf()), usual);
      }
      case "openai" -> {
        OpenAi server = Objects.requireNonNull(spec.openai());
        ChatModel model = model(server, usual);
        yield new ChatAnswerer(model, raw && takesRaw(server, model.client()));
      }
      case "java" ->
          new CustomAnswerer(plugin(Objects.requireNonNull(spec.java()), TextResponder.class));
      default ->
          throw new ManifestException(
              "'%s' cannot answer; expected embedded, gguf, openai or java".formatted(kind(spec)));
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
          "cannot find out whether the answerer accepts raw prompts: %s; start its server, or set"
                  .formatted(e.getMessage())
              + " api=chat or api=completions");
    }
  }

  private LocalModels local() {
    return new LocalModels(models, environment, cancellation);
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
                named("embedded", spec.embedded()),
                named("gguf", spec.gguf()),
                named("file", spec.file()),
                named("java", spec.java()))
            .filter(name -> !name.isEmpty())
            .toList();
    if (kinds.size() != 1) {
      throw new ManifestException(
          "%s: expected exactly one of openai, ocr, gguf, file, java, blind, reference, placebo, direct, embedded; found %s"
              .formatted(
                  spec.id() == null ? "a captioner or answerer" : "'" + spec.id() + "'", kinds));
    }
    return kinds.getFirst();
  }

  private static String named(String name, @Nullable Object settings) {
    return settings == null ? "" : name;
  }

  /// A vision model for a load test.
  ///
  /// @throws ManifestException when the specification is not a server
  public ChatModel measured(ModelSpec spec) {
    OpenAi server = spec.openai();
    if (server == null) {
      throw new ManifestException(
          "throughput: expected a server, openai:base_url=...,model=..., found '%s'; for models in"
                  .formatted(kind(spec))
              + " this process, see the rates that every run reports");
    }
    return new ServerSettings(server, environment)
        .measuring(protocol.caption().sampling(), cancellation);
  }

  private ChatModel model(OpenAi server, Sampling usual) {
    return new ServerSettings(server, environment).model(usual, paces, cancellation, notices);
  }
}
