package dev.refract.reports.result;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.refract.reports.stats.Estimate;
import org.jspecify.annotations.Nullable;

/// Properties of a run's captions, apart from their scores.
///
/// @param captions number of captions that succeeded
/// @param failed number of captions that failed
/// @param words mean length in words
/// @param pieces mean length in pieces of Qwen's tokenizer, a lower bound of tokens
/// @param tokens mean length in tokens, or null when no caption's tokens were counted
/// @param ends how many captions were truncated, are empty, or were filtered
/// @param looping captions that repeat the same text over and over
/// @param meta captions that talk about themselves
/// @param controlTokens control tokens of chat templates in captions; the answerer saw them as text
/// @param withControlTokens captions that contain at least one
/// @param withoutTruncated accuracy over the answers from captions that were not truncated; equals
///   the accuracy when none was truncated
public record CaptionHealth(
    int captions,
    int failed,
    double words,
    double pieces,
    @Nullable Double tokens,
    @JsonUnwrapped ReplyEnds ends,
    int looping,
    int meta,
    int controlTokens,
    int withControlTokens,
    Estimate withoutTruncated) {

  /// Captions that ended at the token limit.
  @JsonIgnore
  public int truncated() {
    return ends.truncated();
  }
}
