package dev.refract.reports.result;

import org.jspecify.annotations.Nullable;

/// The tokens of one request. What was not counted is null.
///
/// @param inputTokens of prompt and image, as the server counted them
/// @param imageTokens what of these the image took, for servers that count it apart
/// @param outputTokens of the reply
/// @param tokenizer what counted the output where the server did not; null where the server did
public record TokenCounts(
    @Nullable Integer inputTokens,
    @Nullable Integer imageTokens,
    @Nullable Integer outputTokens,
    @Nullable String tokenizer) {

  public static final TokenCounts UNKNOWN = new TokenCounts(null, null, null, null);
}
