package dev.refract.harness.llm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One or more OpenAI-compatible servers of the same model.
///
/// @param baseUrls at least one, each up to and including `/v1`
/// @param model the model's name on the servers
/// @param apiKey from the environment; never written to a file, log or message
/// @param tokenizer counts tokens if the servers do not, or null
public record Endpoint(
    List<String> baseUrls,
    String model,
    @Nullable String apiKey,
    Dialect dialect,
    @Nullable Tokenizer tokenizer) {

  /// The request fields that a server supports.
  public enum Dialect {
    /// vLLM, SGLang, llama.cpp, TGI, Ollama: also `repetition_penalty`.
    VLLM,
    /// OpenAI itself, which rejects unknown fields and calls the token limit
    /// `max_completion_tokens`.
    OPENAI
  }

  public Endpoint {
    baseUrls = baseUrls.stream().map(url -> url.replaceFirst("/+$", "")).toList();
  }

  public Endpoint(String baseUrl, String model, @Nullable String apiKey, Dialect dialect) {
    this(List.of(baseUrl), model, apiKey, dialect, null);
  }

  @Override
  public String toString() {
    return model + " at " + String.join(", ", baseUrls);
  }
}
