package dev.refract.harness.config;

import dev.refract.harness.config.ModelSpec.OpenAi;
import dev.refract.harness.config.ModelSpec.RequestSpec;
import dev.refract.harness.config.ModelSpec.SamplingSpec;
import dev.refract.harness.image.ImageFormat;
import dev.refract.harness.image.ImagePreparation;
import dev.refract.harness.llm.RequestForm;
import dev.refract.harness.llm.RequestForm.ThoughtMarks;
import dev.refract.manifest.ManifestException;
import dev.refract.manifest.Provider;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What a user wants requests to contain, and what the provider accepts.
///
/// @param server the user's settings
record RequestSettings(OpenAi server, Provider provider) {

  /// What a request cannot do without, or what refract itself decides.
  private static final Set<String> FIXED = Set.of("model", "messages", "prompt", "stream", "n");

  private static final JsonMapper CANONICAL =
      JsonMapper.builder().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS).build();

  RequestForm form() {
    RequestSpec request = server.request();
    Set<String> omit = new LinkedHashSet<>();
    for (String entry : request.omit() == null ? List.<String>of() : request.omit()) {
      omit.addAll(List.of(entry.strip().split("\\s*[|]\\s*")));
    }
    omit.forEach(parameter -> notFixed("omit", parameter));
    Map<String, String> rename = request.rename() == null ? Map.of() : request.rename();
    rename.keySet().forEach(parameter -> notFixed("rename", parameter));
    return new RequestForm(
        provider, rename, omit, named(), extra(), marks(request.thinkingMarks()));
  }

  private static void notFixed(String key, String parameter) {
    if (FIXED.contains(parameter)) {
      throw new ManifestException("%s: '%s' is what every request needs".formatted(key, parameter));
    }
  }

  /// The standard parameters that the user set.
  private Set<String> named() {
    SamplingSpec sampling = server.sampling();
    Set<String> named = new LinkedHashSet<>();
    name(named, "temperature", sampling.temperature());
    name(named, "top_p", sampling.topP());
    name(named, "repetition_penalty", sampling.repetitionPenalty());
    name(named, "max_tokens", sampling.maxTokens());
    if (sampling.repetitionPenalty() != null && sampling.repetitionPenalty() != 1) {
      supported("repetition_penalty");
    }
    return named;
  }

  private static void name(Set<String> named, String parameter, @Nullable Object value) {
    if (value != null) {
      named.add(parameter);
    }
  }

  private void supported(String parameter) {
    if (provider.omit().contains(parameter)) {
      throw new ManifestException(
          "%s: %s refuses or ignores it; leave it out, or send it with extra_body"
              .formatted(parameter, provider.id()));
    }
  }

  private Map<String, Object> extra() {
    SamplingSpec sampling = server.sampling();
    RequestSpec request = server.request();
    Map<String, Object> extra = new LinkedHashMap<>();
    put(extra, "top_k", sampling.topK());
    put(extra, "min_p", sampling.minP());
    put(extra, "presence_penalty", sampling.presencePenalty());
    put(extra, "frequency_penalty", sampling.frequencyPenalty());
    put(extra, "seed", sampling.seed());
    boolean command = server.commands().start() != null && sampling.stop() instanceof String;
    put(extra, "stop", command ? null : stop(sampling.stop()));
    put(extra, "reasoning_effort", request.reasoningEffort());
    put(extra, "chat_template_kwargs", request.chatTemplateKwargs());
    put(extra, "mm_processor_kwargs", request.mmProcessorKwargs());
    extra.keySet().forEach(this::supported);
    if (request.extraBody() != null) {
      request.extraBody().keySet().forEach(parameter -> notFixed("extra_body", parameter));
      extra.putAll(request.extraBody());
    }
    return extra;
  }

  private static void put(Map<String, Object> extra, String parameter, @Nullable Object value) {
    if (value != null) {
      extra.put(parameter, value);
    }
  }

  private static @Nullable Object stop(@Nullable Object stop) {
    return switch (stop) {
      case null -> null;
      case String text -> List.of(text);
      case List<?> texts when texts.stream().allMatch(text -> text instanceof String) -> texts;
      default -> throw new ManifestException("stop: expected texts that end a reply");
    };
  }

  private static @Nullable ThoughtMarks marks(@Nullable List<String> marks) {
    if (marks == null) {
      return null;
    }
    if (marks.size() != 2 || marks.stream().anyMatch(mark -> mark == null || mark.isBlank())) {
      throw new ManifestException(
          "thinking_marks: expected two texts, such as ['<scratchpad>', '</scratchpad>']");
    }
    return new ThoughtMarks(marks.getFirst(), marks.getLast());
  }

  ImagePreparation images() {
    String format = server.request().imageFormat();
    Integer side = server.request().maxImageSide();
    if (format != null && !format.matches("png|jpeg")) {
      throw new ManifestException(
          "image_format: expected png or jpeg, found '%s'".formatted(format));
    } else if (side != null && side < 16) {
      throw new ManifestException("max_image_side: expected at least 16, found " + side);
    }
    return new ImagePreparation(
        format == null ? null : format.equals("png") ? ImageFormat.PNG : ImageFormat.JPEG, side);
  }

  /// Everything of this that changes a reply, as canonical JSON; null for nothing.
  @Nullable String identity() {
    Map<String, Object> identity = new TreeMap<>(extra());
    RequestForm form = form();
    put(identity, "omit", form.omit().isEmpty() ? null : new TreeSet<>(form.omit()));
    put(identity, "image_format", server.request().imageFormat());
    put(identity, "max_image_side", server.request().maxImageSide());
    put(identity, "thinking_marks", server.request().thinkingMarks());
    return identity.isEmpty() ? null : CANONICAL.writeValueAsString(identity);
  }
}
