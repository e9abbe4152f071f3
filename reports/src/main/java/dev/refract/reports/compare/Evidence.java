package dev.refract.reports.compare;

import dev.refract.reports.result.RunRecord;
import dev.refract.reports.result.Summary;
import java.util.Locale;
import java.util.Optional;

/// Whether a run is complete enough to draw a verdict from. A failed answer says nothing about a
/// model: a run that lost its server would prove any difference.
public final class Evidence {

  /// Share of failed answers, in percent, above which a run proves nothing.
  public static final double MAX_FAILED = 1;

  private Evidence() {}

  /// Why a run cannot be compared; empty when it can.
  ///
  /// @param maxFailed in percent
  public static Optional<String> obstacle(RunRecord run, Summary summary, double maxFailed) {
    for (Summary.Group group : summary.datasets()) {
      double share = failed(group);
      if (share > maxFailed) {
        return Optional.of(
            String.format(
                Locale.ROOT,
                "%.1f %% of the answers of %s on %s failed, which proves nothing about the model;"
                    + " the limit is %.1f %% (--max-failed). Repeat the run's command to ask again",
                share,
                run.name(),
                group.name(),
                maxFailed));
      }
    }
    return Optional.empty();
  }

  /// Share of a group's answers that failed, in percent.
  public static double failed(Summary.Group group) {
    return group.answers() == 0 ? 0 : 100.0 * group.outcomes().failed() / group.answers();
  }
}
