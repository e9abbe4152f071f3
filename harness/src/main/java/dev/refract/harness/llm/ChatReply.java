package dev.refract.harness.llm;

import org.jspecify.annotations.Nullable;

/// @param finishReason as the server said, such as `stop` or `length`; null when it said nothing
/// @param outputTokens as the server counted them, or null
public record ChatReply(
    String text, @Nullable String finishReason, @Nullable Integer outputTokens) {}
