package dev.refract.harness.llm;

import org.jspecify.annotations.Nullable;

/// An OpenAI-compatible server.
///
/// @param baseUrl up to and with `/v1`
/// @param model the name that the server knows
/// @param apiKey from the environment; kept out of every file, log and message
public record Endpoint(String baseUrl, String model, @Nullable String apiKey, Dialect dialect) {

  /// Which fields of a request a server knows.
  public enum Dialect {
    /// vLLM, SGLang, llama.cpp, TGI, Ollama: also `repetition_penalty`.
    VLLM,
    /// OpenAI itself, which refuses fields it does not know, and calls the limit
    /// `max_completion_tokens`.
    OPENAI
  }

  @Override
  public String toString() {
    return model + " at " + baseUrl;
  }
}
