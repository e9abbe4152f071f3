package dev.refract.manifest;

/// Sampling parameters. Every value is sent to a server that replaces missing values by the model's
/// defaults; a {@link Provider} says which servers refuse some of them.
///
/// @param temperature 0 is greedy
/// @param topP in (0, 1]
/// @param repetitionPenalty 1 is none
/// @param maxTokens maximum number of tokens in a reply, at least 1
public record Sampling(double temperature, double topP, double repetitionPenalty, int maxTokens) {

  public Sampling {
    if (!(temperature >= 0 && temperature <= 100)) {
      throw new IllegalArgumentException("'temperature': expected 0 to 100, found " + temperature);
    } else if (!(topP > 0 && topP <= 1)) {
      throw new IllegalArgumentException("'top_p': expected above 0, at most 1, found " + topP);
    } else if (!(repetitionPenalty > 0 && repetitionPenalty <= 100)) {
      throw new IllegalArgumentException(
          "'repetition_penalty': expected above 0, at most 100, found " + repetitionPenalty);
    } else if (maxTokens < 1) {
      throw new IllegalArgumentException("'max_tokens': expected at least 1, found " + maxTokens);
    }
  }
}
