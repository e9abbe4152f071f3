package dev.refract.reports.result;

import org.jspecify.annotations.Nullable;

/// The tokens of one request. Unknown counts are null.
///
/// @param inputTokens of prompt and image, as counted by the server
/// @param imageTokens the part of these that the image takes, for servers that count it separately
/// @param outputTokens of the reply
/// @param tokenizer what counted the output where the server did not; null where the server did
public record TokenCounts(
    @Nullable Integer inputTokens,
    @Nullable Integer imageTokens,
    @Nullable Integer outputTokens,
    @Nullable String tokenizer) {

  public static final TokenCounts UNKNOWN = new TokenCounts(null, null, null, null);
}
