package dev.refract.reports.html;

import dev.refract.reports.result.Summary;
import org.jspecify.annotations.Nullable;

/// What became of answers, as shares of all; null where there is none.
public record OutcomeShares(
    @Nullable Double abstained,
    @Nullable Double unparsed,
    @Nullable Double unsupported,
    @Nullable Double failed) {

  static OutcomeShares of(Summary.OutcomeCounts counts, int answers) {
    return new OutcomeShares(
        share(counts.abstained(), answers),
        share(counts.unparsed(), answers),
        share(counts.unsupported(), answers),
        share(counts.failed(), answers));
  }

  static @Nullable Double share(int part, int whole) {
    return whole == 0 ? null : Double.valueOf((double) part / whole);
  }
}
