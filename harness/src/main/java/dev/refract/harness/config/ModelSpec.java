package dev.refract.harness.config;

import dev.refract.harness.llm.Endpoint.Dialect;
import org.jspecify.annotations.Nullable;

/// One captioner or answerer as a user names it: an id and exactly one kind.
///
/// @param id name of its run and of its row in tables; the kind's name when not given
public record ModelSpec(
    @Nullable String id,
    @Nullable OpenAi openai,
    @Nullable Ocr ocr,
    @Nullable Control blind,
    @Nullable Control reference,
    @Nullable Placebo placebo,
    @Nullable Direct direct,
    @Nullable Embedded embedded) {

  /// A server. Address and model are needed; what else is null takes the protocol's value.
  ///
  /// @param baseUrl up to and with `/v1`
  /// @param apiKeyEnv name of the environment variable that holds the key
  /// @param checkpoint digest of the weights, since a name alone is no identity
  /// @param dialect which fields the server knows; told by the address when null
  /// @param concurrency requests in flight at once
  /// @param api whether the server takes chat templates written out, for protocols that have one;
  ///   it is asked when null
  /// @param timeoutSeconds how long one attempt may go without an answer
  public record OpenAi(
      @Nullable String baseUrl,
      @Nullable String model,
      @Nullable String apiKeyEnv,
      @Nullable String checkpoint,
      @Nullable Dialect dialect,
      @Nullable Api api,
      @Nullable Integer concurrency,
      @Nullable Double temperature,
      @Nullable Double topP,
      @Nullable Double repetitionPenalty,
      @Nullable Integer maxTokens,
      @Nullable Integer timeoutSeconds) {}

  /// Which of a server's doors a text goes through.
  public enum Api {
    CHAT,
    COMPLETIONS
  }

  /// @param threads images read at once; as many as there are processors when null
  public record Ocr(@Nullable Integer threads) {}

  /// A control has no settings.
  public record Control() {}

  /// @param of whose captions are exchanged; the captioner named before when null
  /// @param seed of the exchange; 0 when null
  public record Placebo(@Nullable ModelSpec of, @Nullable Long seed) {}

  /// @param of the server whose model answers from the image; the captioner named before when null
  public record Direct(@Nullable ModelSpec of) {}

  /// @param model an id of `refract models list`; the default model when null
  public record Embedded(@Nullable String model) {}
}
