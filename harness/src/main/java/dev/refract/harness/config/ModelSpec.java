package dev.refract.harness.config;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.refract.harness.llm.Endpoint.Dialect;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The specification of one captioner or answerer: an id and exactly one kind.
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

  /// A server, or several that serve one model. Address and model are required; for other values,
  /// null means the default, for sampling the protocol's.
  ///
  /// @param baseUrl one or more, up to and with `/v1`; separated by `|` in one text
  /// @param apiKeyEnv name of the environment variable that holds the key
  /// @param checkpoint digest of the weights, since a name alone does not identify them
  /// @param dialect which request fields the server supports; derived from the address when null
  /// @param concurrency requests in flight at once: a number, or `auto` to find what the server can
  ///   take, `auto:512` with an upper limit
  /// @param api the endpoint for protocols with a raw template, where the chat template is already
  ///   applied; chosen by querying the server when null
  /// @param tokenizer the model's `tokenizer.json`, or its folder, for servers that do not report
  ///   token counts
  public record OpenAi(
      @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          @Nullable List<String> baseUrl,
      @Nullable String model,
      @Nullable String apiKeyEnv,
      @Nullable String checkpoint,
      @Nullable Dialect dialect,
      @Nullable Api api,
      @Nullable String concurrency,
      @JsonUnwrapped SamplingSpec sampling,
      @JsonUnwrapped TimeoutSpec timeouts,
      @JsonUnwrapped BudgetSpec budget,
      @JsonUnwrapped CommandSpec commands,
      @Nullable String tokenizer) {}

  /// Generation settings that replace the protocol's.
  public record SamplingSpec(
      @Nullable Double temperature,
      @Nullable Double topP,
      @Nullable Double repetitionPenalty,
      @Nullable Integer maxTokens) {}

  /// @param firstByteSeconds until the first byte of a reply; `timeoutSeconds` when null
  /// @param chunkSeconds between two chunks of a reply; `timeoutSeconds` when null
  /// @param timeoutSeconds for one attempt
  public record TimeoutSpec(
      @Nullable Integer firstByteSeconds,
      @Nullable Integer chunkSeconds,
      @Nullable Integer timeoutSeconds) {}

  /// Limits for one command.
  ///
  /// @param maxTotalTokens input and output together
  /// @param maxCost computed from the two prices
  /// @param inputPrice price of a million input tokens
  /// @param outputPrice price of a million output tokens
  public record BudgetSpec(
      @Nullable Long maxRequests,
      @Nullable Long maxTotalTokens,
      @Nullable Double maxCost,
      @Nullable Double inputPrice,
      @Nullable Double outputPrice) {}

  /// Shell commands around the stage that uses the server, for `--sequential`.
  ///
  /// @param ready succeeds once the server can be used; its model list is requested when null
  /// @param stop stops it; the process is ended when null
  public record CommandSpec(
      @Nullable String start, @Nullable String ready, @Nullable String stop) {}

  /// The endpoint of a server to which prompts are sent.
  public enum Api {
    CHAT,
    COMPLETIONS
  }

  /// @param threads images read at once; as many as there are processors when null
  public record Ocr(@Nullable Integer threads) {}

  /// A control has no settings.
  public record Control() {}

  /// @param of the captioner whose captions are swapped between images; the one named before when
  ///   null
  /// @param seed random seed of the swap; 0 when null
  public record Placebo(@Nullable ModelSpec of, @Nullable Long seed) {}

  /// @param of the server whose model answers from the image; the captioner named before when null
  public record Direct(@Nullable ModelSpec of) {}

  /// @param model an id of `refract models list`; the default model when null
  public record Embedded(@Nullable String model) {}
}
