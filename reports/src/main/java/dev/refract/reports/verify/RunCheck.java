package dev.refract.reports.verify;

import dev.refract.reports.file.JsonLines;
import dev.refract.reports.file.RunFormatException;
import dev.refract.reports.file.RunJson;
import dev.refract.reports.file.Sha256;
import dev.refract.reports.result.AnswerRecord;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.JournalRecord;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.result.Summary;
import dev.refract.reports.result.Trial;
import dev.refract.reports.tally.CaptionTally;
import dev.refract.reports.tally.HardwareTally;
import dev.refract.reports.tally.MeterTally;
import dev.refract.reports.tally.Summarizer;
import dev.refract.reports.telemetry.TelemetryRecord;
import dev.refract.reports.verify.Finding.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Everything that can be checked about a run on disk: its seal, each line, the pictures, and
/// whether results follow from the journals.
public final class RunCheck {

  private final RunFile run;
  private final List<Finding> findings = new ArrayList<>();

  private RunCheck(RunFile run) {
    this.run = run;
  }

  /// What is wrong; empty for a run that is whole.
  ///
  /// @param folder of a run, finished or not
  public static List<Finding> of(Path folder) {
    RunCheck check = new RunCheck(new RunFile(folder));
    check.whole();
    return check.findings;
  }

  private void whole() {
    RunRecord record;
    try {
      record = RunFile.open(run.folder()).checkedRecord();
    } catch (RunFormatException e) {
      found(Kind.RECORD, e);
      return;
    }
    Map<String, CaptionRecord> captions = journal(run.captionsFile(), CaptionRecord.class);
    Map<String, AnswerRecord> answers = journal(run.answersFile(), AnswerRecord.class);
    journal(run.queriesFile(), AnswerRecord.class);
    journal(run.judgementsFile(), AnswerRecord.class);
    HardwareTally hardware = telemetry();
    if (record.state() != RunRecord.State.FINISHED) {
      return; // what is derived comes with its end
    }
    List<ItemResult> items = items(record, captions.keySet(), answers);
    images(items);
    summary(items, captions, answers, hardware);
    if (findings.isEmpty()) {
      sealed();
    }
  }

  private void found(Kind kind, RunFormatException e) {
    findings.add(new Finding(kind, String.valueOf(e.getMessage())));
  }

  private void found(Kind kind, Path file, String problem) {
    findings.add(new Finding(kind, file + ": " + problem));
  }

  /// The last record of each fingerprint; empty where the journal is damaged or missing.
  private <T extends JournalRecord> Map<String, T> journal(Path file, Class<T> type) {
    Map<String, T> last = new LinkedHashMap<>();
    if (Files.exists(file)) {
      try {
        JsonLines.forEach(
            file,
            type,
            (record, _, _) -> {
              last.remove(record.fingerprint());
              last.put(record.fingerprint(), record);
            });
      } catch (RunFormatException e) {
        found(Kind.JOURNAL, e);
      }
    }
    return last;
  }

  private HardwareTally telemetry() {
    HardwareTally tally = new HardwareTally();
    if (Files.exists(run.telemetryFile())) {
      try {
        JsonLines.forEach(
            run.telemetryFile(), TelemetryRecord.class, (record, _, _) -> tally.add(record));
      } catch (RunFormatException e) {
        found(Kind.JOURNAL, e);
      }
    }
    return tally;
  }

  /// Each question once, as many as planned, from captions and replies that the journals hold.
  private List<ItemResult> items(
      RunRecord record, Set<String> captions, Map<String, AnswerRecord> answers) {
    List<ItemResult> items;
    try {
      items = run.items();
    } catch (RunFormatException e) {
      found(Kind.DERIVED, e);
      return List.of();
    }
    int planned = record.datasets().stream().mapToInt(RunRecord.Dataset::questions).sum();
    if (items.size() != planned) {
      found(
          Kind.DERIVED,
          run.itemsFile(),
          "%d questions, but run.json plans %d".formatted(items.size(), planned));
    }
    Set<List<String>> replies = new HashSet<>();
    answers.values().forEach(answer -> replies.add(key(answer.questionId(), answer.reply())));
    Set<List<String>> questions = new HashSet<>();
    for (int i = 0; i < items.size(); i++) {
      ItemResult item = items.get(i);
      int line = i + 1;
      if (!questions.add(List.of(item.dataset(), item.questionId()))) {
        found(
            Kind.DERIVED,
            run.itemsFile(),
            "line %d is question '%s' of %s again"
                .formatted(line, item.questionId(), item.dataset()));
      }
      for (Trial trial : item.trials()) {
        if (trial.reply() != null && !replies.contains(key(item.questionId(), trial.reply()))) {
          found(
              Kind.DERIVED,
              run.itemsFile(),
              "line %d has a reply that is not in %s"
                  .formatted(line, run.answersFile().getFileName()));
        }
        trial.captions().stream()
            .filter(caption -> !caption.isEmpty() && trial.reply() != null)
            .filter(caption -> !captions.contains(caption))
            .findFirst()
            .ifPresent(caption ->
                found(
                    Kind.DERIVED,
                    run.itemsFile(),
                    "line %d has a caption that is not in %s"
                        .formatted(line, run.captionsFile().getFileName())));
      }
    }
    return items;
  }

  private static List<String> key(String question, @Nullable String reply) {
    return List.of(question, reply == null ? "" : reply);
  }

  private void images(List<ItemResult> items) {
    Set<String> digests = new HashSet<>();
    items.forEach(item -> item.images().forEach(image -> digests.add(image.sha256())));
    for (String digest : digests) {
      Optional<RunFile.StoredImage> stored = run.image(digest);
      try {
        if (stored.isPresent() && !Sha256.of(stored.get().file()).equals(stored.get().sha256())) {
          found(Kind.IMAGE, stored.get().file(), "its bytes do not hash to its name");
        }
      } catch (IOException e) {
        found(Kind.IMAGE, stored.get().file(), "cannot be read: " + e.getMessage());
      }
    }
  }

  /// Whether the summary is the one that follows from the other files.
  private void summary(
      List<ItemResult> items,
      Map<String, CaptionRecord> captions,
      Map<String, AnswerRecord> answers,
      HardwareTally hardware) {
    Summary saved;
    try {
      saved = run.summary();
    } catch (RunFormatException e) {
      found(Kind.DERIVED, e);
      return;
    }
    if (!findings.isEmpty()) {
      return; // it would differ because of what was found
    }
    MeterTally answering = new MeterTally();
    answers.values().forEach(answering::add);
    Summary derived =
        Summarizer.summarize(items, CaptionTally.of(captions.values()), answering, hardware);
    if (!RunJson.text(derived).equals(RunJson.text(saved))) {
      found(
          Kind.DERIVED,
          run.summaryFile(),
          "does not follow from the other files: accuracy %s with %d questions, derived %s with %d"
              .formatted(
                  saved.overall().accuracy().mean(),
                  saved.overall().accuracy().n(),
                  derived.overall().accuracy().mean(),
                  derived.overall().accuracy().n()));
    }
  }

  /// What no line reveals: missing lines, another order, files that were added.
  private void sealed() {
    try {
      RunFile.finished(run.folder());
    } catch (RunFormatException e) {
      String problem = String.valueOf(e.getMessage());
      boolean derived =
          problem.startsWith(run.itemsFile().toString())
              || problem.startsWith(run.summaryFile().toString());
      found(derived ? Kind.DERIVED : Kind.JOURNAL, e);
    }
  }
}
