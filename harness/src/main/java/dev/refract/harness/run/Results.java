package dev.refract.harness.run;

import dev.refract.reports.result.AnswerRecord;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.CaptionTally;
import dev.refract.reports.result.HardwareTally;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.MeterTally;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.RunJson;
import dev.refract.reports.result.Summarizer;
import dev.refract.reports.result.Summary;
import dev.refract.reports.result.TelemetryRecord;
import dev.refract.reports.result.Trial;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/// What the journals say, question by question in the order of the plan: derived, never edited.
/// Each item is made when it is asked for, since together their prompts may be larger than memory.
record Results(Interview interview, Iterable<Entry> entries) implements Iterable<ItemResult> {

  /// All captions or answers of a run, each once.
  @FunctionalInterface
  interface Source<T> {
    void forEach(Consumer<T> action);
  }

  @Override
  public Iterator<ItemResult> iterator() {
    return StreamSupport.stream(entries.spliterator(), false).map(interview::result).iterator();
  }

  /// Writes what is derived: items, summary, and answers to be submitted.
  ///
  /// @param captions that this run made or took over
  void write(RunFile file, Source<CaptionRecord> captions, Source<AnswerRecord> answers)
      throws IOException {
    Summary summary;
    try (RunJson.Lines lines = RunJson.replacing(file.itemsFile())) {
      summary = summary(lines.passing(this), captions, answers, file::telemetry);
      lines.land();
    }
    RunJson.replace(file.summaryFile(), RunJson.pretty(summary));
    if (summary.overall().ungraded() > 0) {
      Submissions.write(file, this);
    }
  }

  private static Summary summary(
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

  /// What is there of a run that was stopped: the questions whose every answer landed.
  Summary soFar(Source<CaptionRecord> captions, Source<AnswerRecord> answers) {
    Iterable<Entry> whole =
        () ->
            StreamSupport.stream(entries.spliterator(), false)
                .filter(interview::isAnswered)
                .iterator();
    return summary(new Results(interview, whole), captions, answers, _ -> {});
  }

  /// The captions that a question was answered from.
  static List<String> captions(ItemResult item) {
    return item.trials().stream().map(Trial::captions).flatMap(List::stream).distinct().toList();
  }
}
