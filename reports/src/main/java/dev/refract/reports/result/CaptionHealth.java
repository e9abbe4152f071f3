package dev.refract.reports.result;

import dev.refract.reports.stats.Estimate;
import org.jspecify.annotations.Nullable;

/// How a run's captions are made, beside what they are worth.
///
/// @param captions that landed
/// @param failed that did not
/// @param words mean length in words
/// @param pieces mean length in pieces of Qwen's tokenizer, a lower bound of tokens
/// @param tokens mean length in tokens as the server counted them, or null when it did not
/// @param truncated captions that ended at the token limit
/// @param looping captions that say the same over and over
/// @param meta captions that speak of themselves
/// @param controlTokens control tokens of chat templates in captions; the answerer saw them as text
/// @param withControlTokens captions that hold one
/// @param withoutTruncated the accuracy over the answers whose captions ended by themselves; equals
///   the accuracy when none was truncated
public record CaptionHealth(
    int captions,
    int failed,
    double words,
    double pieces,
    @Nullable Double tokens,
    int truncated,
    int looping,
    int meta,
    int controlTokens,
    int withControlTokens,
    Estimate withoutTruncated) {}
