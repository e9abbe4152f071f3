package dev.refract.harness.run;

import dev.refract.reports.file.JsonLines;
import dev.refract.reports.file.RunJson;
import dev.refract.reports.result.AnswerRecord;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.Summary;
import dev.refract.reports.stats.Estimate;
import dev.refract.reports.tally.CaptionTally;
import dev.refract.reports.tally.HardwareTally;
import dev.refract.reports.tally.MeterTally;
import dev.refract.reports.tally.Summarizer;
import dev.refract.reports.telemetry.TelemetryRecord;
import java.io.IOException;
import java.util.Locale;
import java.util.function.Consumer;

/// Writes the derived files of a run from its journals.
final class Results {

  private Results() {}

  /// All captions or answers of a run, each once.
  @FunctionalInterface
  interface Source<T> {
    void forEach(Consumer<T> action);
  }

  /// Writes items, summary and submission files.
  ///
  /// @param items in the order of the plan
  /// @param captions that this run made or reused
  static void write(
      RunFile file,
      Iterable<ItemResult> items,
      Source<CaptionRecord> captions,
      Source<AnswerRecord> answers)
      throws IOException {
    Summary summary;
    try (JsonLines.Replacement lines = JsonLines.replacing(file.itemsFile())) {
      summary = summary(lines.passing(items), captions, answers, file::telemetry);
      lines.complete();
    }
    RunJson.replace(file.summaryFile(), RunJson.pretty(summary));
    if (summary.overall().ungraded() > 0) {
      Submissions.write(file, items);
    }
  }

  /// The summary of the given questions.
  static Summary summary(
      Iterable<ItemResult> items,
      Source<CaptionRecord> captions,
      Source<AnswerRecord> answers,
      Source<TelemetryRecord> telemetry) {
    CaptionTally tally = new CaptionTally();
    captions.forEach(tally::add);
    MeterTally answering = new MeterTally();
    answers.forEach(answering::add);
    HardwareTally hardware = new HardwareTally();
    telemetry.forEach(hardware::add);
    return Summarizer.summarize(items, tally, answering, hardware);
  }

  /// One line with the partial results of a stopped run.
  ///
  /// @param summary of the questions whose answers are all in the journal
  /// @param planned total number of planned answers
  static String partial(String run, Summary summary, int planned) {
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
