package dev.refract.harness.llm;

import org.jspecify.annotations.Nullable;

/// An OpenAI-compatible server.
///
/// @param baseUrl up to and with `/v1`
/// @param model the name that the server knows
/// @param apiKey from the environment; kept out of every file, log and message
public record Endpoint(String baseUrl, String model, @Nullable String apiKey) {

  @Override
  public String toString() {
    return model + " at " + baseUrl;
  }
}
