package dev.refract.reports.html.part;

import dev.refract.reports.render.NumberFormats;
import dev.refract.reports.result.Summary;
import org.jspecify.annotations.Nullable;

/// Outcomes as shares of all answers; null where there are no answers.
public record OutcomeShares(
    @Nullable Double abstained,
    @Nullable Double unparsed,
    @Nullable Double unsupported,
    @Nullable Double failed) {

  public static OutcomeShares of(Summary.OutcomeCounts counts, int answers) {
    return new OutcomeShares(
        NumberFormats.share(counts.abstained(), answers),
        NumberFormats.share(counts.unparsed(), answers),
        NumberFormats.share(counts.unsupported(), answers),
        NumberFormats.share(counts.failed(), answers));
  }
}
