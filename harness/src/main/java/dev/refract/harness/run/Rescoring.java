package dev.refract.harness.run;

import dev.refract.harness.score.Metrics;
import dev.refract.manifest.MetricMode;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.Summarizer;
import dev.refract.reports.result.Summary;
import java.util.ArrayList;
import java.util.List;

/// The saved replies of a run scored again: by the metrics of today, or by another mode of them.
/// The run itself stays as it is.
///
/// @param before as the run has it
/// @param after as it would be now
/// @param changes the questions whose outcome is another one
/// @param unknown questions whose metric is not ours; they keep their outcome
public record Rescoring(Summary before, Summary after, List<Change> changes, int unknown) {

  public record Change(ItemResult item, Outcome now) {}

  public static Rescoring of(RunFile run, MetricMode mode) {
    List<ItemResult> items = run.items();
    List<ItemResult> again = new ArrayList<>();
    List<Change> changes = new ArrayList<>();
    int unknown = 0;
    for (ItemResult item : items) {
      boolean known = Metrics.named(item.metric(), mode).isPresent();
      unknown += known ? 0 : 1;
      String reply = item.reply();
      Outcome now =
          known && reply != null
              ? Scoring.score(Scoring.question(item), reply, mode)
              : item.outcome();
      if (!now.equals(item.outcome())) {
        changes.add(new Change(item, now));
      }
      again.add(item.with(now));
    }
    return new Rescoring(
        Summarizer.summarize(items, List.of(), List.of()),
        Summarizer.summarize(again, List.of(), List.of()),
        changes,
        unknown);
  }
}
