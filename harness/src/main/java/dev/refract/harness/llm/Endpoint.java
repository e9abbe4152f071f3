package dev.refract.harness.llm;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// An OpenAI-compatible server, or several that serve the same model.
///
/// @param baseUrls at least one, each up to and with `/v1`
/// @param model the name that the servers know
/// @param apiKey from the environment; kept out of every file, log and message
/// @param tokenizer that counts where the servers do not, or null
public record Endpoint(
    List<String> baseUrls,
    String model,
    @Nullable String apiKey,
    Dialect dialect,
    @Nullable Tokenizer tokenizer) {

  /// Which fields of a request a server knows.
  public enum Dialect {
    /// vLLM, SGLang, llama.cpp, TGI, Ollama: also `repetition_penalty`.
    VLLM,
    /// OpenAI itself, which refuses fields it does not know, and calls the limit
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
