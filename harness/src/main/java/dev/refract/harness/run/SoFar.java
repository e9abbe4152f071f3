package dev.refract.harness.run;

import dev.refract.reports.result.Summary;
import dev.refract.reports.stats.Estimate;
import java.util.Locale;

/// What is there of a run that was stopped, in one line.
final class SoFar {

  private SoFar() {}

  /// @param summary of the questions whose every answer landed
  /// @param planned answers in all
  static String of(String run, Summary summary, int planned) {
    Summary.Overall overall = summary.overall();
    Estimate accuracy = overall.accuracy();
    String score =
        accuracy.n() == 0
            ? "no question is answered yet"
            : String.format(
                Locale.ROOT,
                "%.1f%% [%.1f, %.1f] on the %d questions answered so far",
                100 * accuracy.mean(),
                100 * accuracy.low(),
                100 * accuracy.high(),
                accuracy.n());
    return "%s: %d captions and %d of %d answers are kept; %s"
        .formatted(run, summary.health().captions(), summary.timing().answers(), planned, score);
  }
}
