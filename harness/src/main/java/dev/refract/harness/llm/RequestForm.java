package dev.refract.harness.llm;

import dev.refract.manifest.Provider;
import dev.refract.manifest.Sampling;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What a request contains besides model and messages, and what each parameter is called.
///
/// @param provider whose names are used
/// @param rename names that the user gave; they replace the provider's
/// @param omit parameters that are not sent
/// @param named sampling parameters that the user set: they are sent even where they change nothing
/// @param extra further parameters, each as it is sent; one with the name of another replaces it
/// @param thoughtMarks the two marks around a model's thoughts, where they are not usual ones; or
///   null
public record RequestForm(
    Provider provider,
    Map<String, String> rename,
    Set<String> omit,
    Set<String> named,
    Map<String, Object> extra,
    @Nullable ThoughtMarks thoughtMarks) {

  /// Marks around thoughts, of a model that uses marks of its own.
  public record ThoughtMarks(String open, String close) {}

  /// Every parameter under its usual name.
  public static final RequestForm PLAIN =
      new RequestForm(Provider.UNKNOWN, Map.of(), Set.of(), Set.of(), Map.of(), null);

  /// The same with the names that another provider uses.
  RequestForm of(Provider other) {
    return new RequestForm(other, rename, omit, named, extra, thoughtMarks);
  }

  /// Whether a standard parameter reaches the server.
  ///
  /// @param neutral whether its value changes nothing
  public boolean sends(String parameter, boolean neutral) {
    return !omit.contains(parameter)
        && !provider.omit().contains(parameter)
        && !(neutral && provider.neutralUnsent() && !named.contains(parameter));
  }

  /// The parameters that the user set.
  Stream<String> wanted() {
    return Stream.concat(named.stream(), extra.keySet().stream());
  }

  /// The name of a parameter on this server.
  String name(String parameter) {
    String own = rename.get(parameter);
    return own != null ? own : provider.rename().getOrDefault(parameter, parameter);
  }

  /// The parameters of a request, in order.
  Map<String, Object> parameters(Sampling sampling, boolean streaming) {
    Map<String, Object> sent = new LinkedHashMap<>();
    put(sent, "temperature", sampling.temperature(), false);
    put(sent, "top_p", sampling.topP(), sampling.topP() == 1);
    put(
        sent,
        "repetition_penalty",
        sampling.repetitionPenalty(),
        sampling.repetitionPenalty() == 1);
    put(sent, "max_tokens", sampling.maxTokens(), false);
    put(sent, "stream", streaming, false);
    if (streaming) {
      put(sent, "stream_options", Map.of("include_usage", true), false);
    }
    extra.forEach((parameter, value) -> sent.put(name(parameter), value));
    return sent;
  }

  private void put(Map<String, Object> sent, String parameter, Object value, boolean neutral) {
    if (sends(parameter, neutral)) {
      sent.put(name(parameter), Objects.requireNonNull(value));
    }
  }
}
