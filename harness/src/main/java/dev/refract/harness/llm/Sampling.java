package dev.refract.harness.llm;

/// How tokens are drawn; every value is sent, since a server fills what is missing with the model's
/// own defaults.
///
/// @param temperature 0 is greedy
/// @param topP in (0, 1]
/// @param repetitionPenalty 1 is none; sent to every server that knows it, since models bring
///   defaults of their own
/// @param maxTokens the most tokens of a reply
public record Sampling(double temperature, double topP, double repetitionPenalty, int maxTokens) {}
