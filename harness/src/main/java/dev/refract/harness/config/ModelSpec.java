package dev.refract.harness.config;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Map;
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
    @Nullable Embedded embedded,
    @Nullable Gguf gguf,
    @Nullable CaptionFile file,
    @Nullable JavaClass java) {

  /// A server, or several that serve one model. Address and model are required; for other values,
  /// null means the default, for sampling the protocol's.
  ///
  /// @param baseUrl one or more, up to and with `/v1`; separated by `|` in one text
  /// @param checkpoint digest of the weights, since a name alone does not identify them
  /// @param provider id of a provider, which says what its parameters are called; found by the
  ///   address or the server's own word when null. Its former name is `dialect`.
  /// @param api the endpoint for protocols with a raw template, where the chat template is already
  ///   applied; chosen by querying the server when null
  /// @param concurrency requests in flight at once: a number, or `auto` to find what the server can
  ///   take, `auto:512` with an upper limit
  /// @param tokenizer the model's `tokenizer.json`, or its folder, for servers that do not report
  ///   token counts
  public record OpenAi(
      @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          @Nullable List<String> baseUrl,
      @Nullable String model,
      @Nullable String checkpoint,
      @JsonAlias("dialect") @Nullable String provider,
      @Nullable Api api,
      @Nullable String concurrency,
      @Nullable String tokenizer,
      @JsonUnwrapped AccessSpec access,
      @JsonUnwrapped SamplingSpec sampling,
      @JsonUnwrapped RequestSpec request,
      @JsonUnwrapped LimitSpec limits,
      @JsonUnwrapped CommandSpec commands) {}

  /// How the server is reached. `$NAME` in a header or a query parameter is replaced by an
  /// environment variable.
  ///
  /// @param apiKeyEnv name of the environment variable that holds the key
  /// @param apiKeyHeader the header for the key; `Authorization: Bearer` when null
  /// @param headers further headers, such as a gateway's
  /// @param query parameters of the address, such as `api-version`
  /// @param caBundle PEM file of certificate authorities to trust besides Java's own
  /// @param clientCertificate PEM file with this client's certificate
  /// @param clientKey PEM file with its key; the certificate's file when null
  /// @param verify whether the server's certificate is checked; true when null
  public record AccessSpec(
      @Nullable String apiKeyEnv,
      @Nullable String apiKeyHeader,
      @Nullable Map<String, String> headers,
      @Nullable Map<String, String> query,
      @Nullable String caBundle,
      @Nullable String clientCertificate,
      @Nullable String clientKey,
      @Nullable Boolean verify) {}

  /// Generation settings that replace the protocol's, or that no protocol has.
  ///
  /// @param stop texts that end a reply
  public record SamplingSpec(
      @Nullable Double temperature,
      @Nullable Double topP,
      @Nullable Double repetitionPenalty,
      @Nullable Integer maxTokens,
      @Nullable Integer topK,
      @Nullable Double minP,
      @Nullable Double presencePenalty,
      @Nullable Double frequencyPenalty,
      @Nullable Long seed,
      @Nullable Object stop) {}

  /// What else a request contains.
  ///
  /// @param reasoningEffort how much a model thinks, such as `low`
  /// @param chatTemplateKwargs for the chat template, such as `enable_thinking: false`
  /// @param mmProcessorKwargs for the image processor, such as `max_pixels`
  /// @param extraBody further parameters, sent as they are
  /// @param omit standard parameters that are not sent
  /// @param rename other names for standard parameters
  /// @param thinkingMarks the two marks around the model's thoughts, where they are its own
  /// @param imageFormat `png` or `jpeg`: images of another format are converted
  /// @param maxImageSide larger images are scaled down until no side has more pixels
  public record RequestSpec(
      @Nullable String reasoningEffort,
      @Nullable Map<String, Object> chatTemplateKwargs,
      @Nullable Map<String, Object> mmProcessorKwargs,
      @Nullable Map<String, Object> extraBody,
      @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY)
          @Nullable List<String> omit,
      @Nullable Map<String, String> rename,
      @Nullable List<String> thinkingMarks,
      @Nullable String imageFormat,
      @Nullable Integer maxImageSide) {}

  /// Limits on time, on the rate of requests, and on what a command may spend.
  ///
  /// @param requestsPerMinute of all requests to the server together
  /// @param tokensPerMinute of all requests to the server together, input and output
  /// @param waitSeconds how long a server is waited for that gives no reply; 900 when null
  public record LimitSpec(
      @JsonUnwrapped TimeoutSpec timeouts,
      @JsonUnwrapped BudgetSpec budget,
      @Nullable Integer requestsPerMinute,
      @Nullable Integer tokensPerMinute,
      @Nullable Integer waitSeconds) {}

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
  /// @param stopCommand stops it; the process is ended when null. One text under `stop` beside
  ///   `start` means the same.
  public record CommandSpec(
      @Nullable String start, @Nullable String ready, @Nullable String stopCommand) {}

  /// The endpoint of a server to which prompts are sent.
  public enum Api {
    CHAT,
    COMPLETIONS
  }

  /// @param threads images read at once; as many as there are processors when null
  public record Ocr(@Nullable Integer threads) {}

  /// @param path JSON Lines of captions that exist already
  public record CaptionFile(@Nullable String path) {}

  /// A class of the user's own.
  ///
  /// @param jar file that contains it; null when it is on the class path
  public record JavaClass(@JsonProperty("class") @Nullable String name, @Nullable String jar) {}

  /// A control has no settings.
  public record Control() {}

  /// @param of the captioner whose captions are swapped between images; the one named before when
  ///   null
  /// @param seed random seed of the swap; 0 when null
  public record Placebo(@Nullable ModelSpec of, @Nullable Long seed) {}

  /// @param of the server whose model answers from the image; the captioner named before when null
  public record Direct(@Nullable ModelSpec of) {}

  /// @param model an id of `refract models list`; the default model when null
  /// @param slots questions that are computed at once; 1 when null, so that a reply depends on
  ///   nothing but its question
  public record Embedded(@Nullable String model, @Nullable Integer slots) {}

  /// A model file of llama.cpp.
  ///
  /// @param model a GGUF file, or `hub:OWNER/NAME/FILE`
  /// @param mmproj a vision model's second file, written like the first
  /// @param context tokens of prompt and reply together; 8192 when null
  /// @param slots requests that are computed at once; 1 when null
  public record Gguf(
      @Nullable String model,
      @Nullable String mmproj,
      @Nullable Integer context,
      @Nullable Integer slots,
      @JsonUnwrapped GgufSampling sampling) {}

  /// Generation settings that replace the protocol's.
  public record GgufSampling(
      @Nullable Double temperature,
      @Nullable Double topP,
      @Nullable Double repetitionPenalty,
      @Nullable Integer maxTokens) {}
}
