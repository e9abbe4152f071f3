package dev.refract.reports.result;

import dev.refract.reports.caption.CaptionText;
import dev.refract.reports.caption.ControlTokens;
import dev.refract.reports.stats.Estimate;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
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
    Estimate withoutTruncated) {

  static CaptionHealth of(Collection<CaptionRecord> all, Estimate withoutTruncated) {
    List<CaptionRecord> landed = all.stream().filter(c -> c.text() != null).toList();
    List<String> texts =
        landed.stream().map(CaptionRecord::text).map(Objects::requireNonNull).toList();
    OptionalDouble tokens =
        landed.stream()
            .map(CaptionRecord::outputTokens)
            .filter(Objects::nonNull)
            .mapToInt(Integer::intValue)
            .average();
    return new CaptionHealth(
        landed.size(),
        all.size() - landed.size(),
        texts.stream().mapToInt(CaptionText::words).average().orElse(0),
        texts.stream().mapToInt(CaptionText::pieces).average().orElse(0),
        tokens.isPresent() ? Double.valueOf(tokens.getAsDouble()) : null,
        (int) landed.stream().filter(CaptionRecord::isTruncated).count(),
        (int) texts.stream().filter(CaptionText::loops).count(),
        (int) texts.stream().filter(CaptionText::isMeta).count(),
        texts.stream().mapToInt(ControlTokens::count).sum(),
        (int) texts.stream().filter(text -> ControlTokens.count(text) > 0).count(),
        withoutTruncated);
  }
}
