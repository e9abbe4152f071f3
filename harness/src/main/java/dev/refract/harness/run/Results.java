package dev.refract.harness.run;

import dev.refract.reports.result.AnswerRecord;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.RunJson;
import dev.refract.reports.result.Summarizer;
import dev.refract.reports.result.Summarizer.Span;
import dev.refract.reports.result.Summary;
import dev.refract.reports.result.Trial;
import java.io.IOException;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/// What the journals say, question by question in the order of the plan: derived, never edited.
/// Each item is made when it is asked for, since together their prompts may be larger than memory.
record Results(Interview interview, List<Entry> entries) implements Iterable<ItemResult> {

  @Override
  public Iterator<ItemResult> iterator() {
    return entries.stream().map(interview::result).iterator();
  }

  /// Writes what is derived: items, summary, and answers to be submitted.
  ///
  /// @param captions that this run made or took over
  void write(RunFile file, Collection<CaptionRecord> captions, Collection<AnswerRecord> answers)
      throws IOException {
    RunJson.replaceLines(file.itemsFile(), this);
    Summary summary = summary(captions, answers);
    RunJson.replace(file.summaryFile(), RunJson.pretty(summary));
    if (summary.overall().ungraded() > 0) {
      Submissions.write(file, this);
    }
  }

  private Summary summary(Collection<CaptionRecord> captions, Collection<AnswerRecord> answers) {
    Map<String, CaptionRecord> made = new LinkedHashMap<>();
    captions.forEach(caption -> made.put(caption.fingerprint(), caption));
    // In the order of the plan, so that sums do not depend on who was faster.
    List<CaptionRecord> used =
        entries.stream()
            .flatMap(entry -> entry.captions().stream().flatMap(List::stream))
            .distinct()
            .map(made::get)
            .filter(Objects::nonNull)
            .toList();
    return Summarizer.summarize(
        this,
        used,
        spans(
            used.stream().filter(c -> c.failure() == null).toList(),
            c -> span(c.startedMillis(), c.seconds())),
        spans(
            answers.stream().filter(a -> a.failure() == null).toList(),
            a -> span(a.startedMillis(), a.seconds())));
  }

  /// The captions that a question was answered from.
  static List<String> captions(ItemResult item) {
    return item.trials().stream().map(Trial::captions).flatMap(List::stream).distinct().toList();
  }

  /// What was taken over from another run took no time here.
  private static <T> List<Span> spans(List<T> records, Function<T, Span> span) {
    return records.stream().map(span).filter(s -> s.from() > 0).toList();
  }

  private static Span span(long startedMillis, double seconds) {
    return new Span(startedMillis, startedMillis + Math.round(seconds * 1000));
  }
}
