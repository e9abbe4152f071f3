package dev.refract.reports.result;

import org.jspecify.annotations.Nullable;

/// One caption of one image, or the failure to get it: a line of `captions.jsonl`.
///
/// @param fingerprint SHA-256 over everything that determines the caption
/// @param sample which of the n captions of this image, from 0
/// @param text null exactly when the caption failed
/// @param finishReason as the server said: `stop`, `length`, ...
/// @param outputTokens tokens of the caption as the server counted them, or null
/// @param startedMillis Unix time in milliseconds at which the request was handed over
/// @param seconds from hand-over to the last byte
public record CaptionRecord(
    String fingerprint,
    String dataset,
    String image,
    String imageSha256,
    int sample,
    @Nullable String text,
    @Nullable String finishReason,
    @Nullable Integer outputTokens,
    @Nullable Failure failure,
    long startedMillis,
    double seconds)
    implements Keyed {}
