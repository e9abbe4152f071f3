package dev.refract.harness.run;

import dev.refract.harness.plan.Scoring;
import dev.refract.harness.score.Metrics;
import dev.refract.manifest.MetricMode;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.result.Outcome.Basis;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.Summary;
import dev.refract.reports.result.Trial;
import dev.refract.reports.tally.CaptionTally;
import dev.refract.reports.tally.Summarizer;
import java.util.ArrayList;
import java.util.List;

/// Rescores the saved replies of a run with the current metrics or in another mode. The run itself
/// is not changed.
///
/// @param before summary of the run as saved
/// @param after summary with the new scores
/// @param changes the answers whose outcome changed
/// @param unknown number of questions whose metric refract does not have; their outcome is kept
public record ScoreRun(Summary before, Summary after, List<Change> changes, int unknown) {

  /// @param was the trial as saved
  public record Change(ItemResult item, Trial was, Outcome now) {}

  /// Another program's score stays as it is.
  private static boolean isImported(Outcome outcome) {
    return outcome instanceof Outcome.Scored scored && scored.basis() == Basis.IMPORTED;
  }

  public static ScoreRun of(RunFile run, MetricMode mode) {
    Scoring scoring = Scoring.of(run.record().protocol(), mode);
    List<ItemResult> items = run.items();
    List<ItemResult> again = new ArrayList<>();
    List<Change> changes = new ArrayList<>();
    int unknown = 0;
    for (ItemResult item : items) {
      boolean known = Metrics.named(item.metric(), mode).isPresent();
      unknown += known ? 0 : 1;
      List<Trial> trials = new ArrayList<>();
      for (Trial trial : item.trials()) {
        String reply = trial.reply();
        Outcome now =
            known && reply != null && !isImported(trial.outcome())
                ? scoring.score(Scoring.question(item), item.category(), trial.order(), reply)
                : trial.outcome();
        if (now.score() != trial.outcome().score()
            || now.getClass() != trial.outcome().getClass()) {
          changes.add(new Change(item, trial, now));
        }
        trials.add(trial.with(now));
      }
      again.add(item.with(trials));
    }
    CaptionTally captions = CaptionTally.of(run.captions().values());
    return new ScoreRun(
        Summarizer.summarize(items, captions),
        Summarizer.summarize(again, captions),
        changes,
        unknown);
  }
}
