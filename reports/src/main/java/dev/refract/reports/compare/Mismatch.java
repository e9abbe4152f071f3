package dev.refract.reports.compare;

import dev.refract.reports.result.RunRecord;
import dev.refract.reports.result.ServedModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A difference that makes two runs incomparable, unless the user accepts it.
public enum Mismatch {
  /// Different data, or a different selection of it.
  DATA,
  /// Different prompts or sampling.
  PROTOCOL,
  /// Different rules of the metrics.
  MODE,
  /// Different answerers: a difference in scores may come from the answerer, not the captioner.
  ANSWERER,
  /// A different number of trials per question.
  ASKING;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// What differs, as a reader of a page would say it.
  public String words() {
    return switch (this) {
      case DATA -> "data";
      case PROTOCOL -> "protocol";
      case MODE -> "rules of scoring";
      case ANSWERER -> "answerer";
      case ASKING -> "number of trials per question";
    };
  }

  /// Differences that two runs may have, and that a reader should know.
  public static List<String> remarks(RunRecord a, RunRecord b) {
    List<String> remarks = new ArrayList<>();
    String before = a.answerer().address();
    String after = b.answerer().address();
    if (before != null && after != null && !before.equals(after)) {
      remarks.add(
          "the answerer was served at %s for %s and at %s for %s"
              .formatted(before, a.name(), after, b.name()));
    }
    for (RunRecord run : List.of(a, b)) {
      for (String change : run.environment().modelChanges()) {
        remarks.add(
            "the model behind its name changed while %s was made: %s"
                .formatted(run.name(), change));
      }
    }
    remarks.addAll(otherAnswerer(a, b));
    return remarks;
  }

  /// The weights behind the answerer's name where its servers told other ones.
  private static List<String> otherAnswerer(RunRecord a, RunRecord b) {
    List<String> remarks = new ArrayList<>();
    for (ServedModel before : a.environment().readings()) {
      for (ServedModel after : b.environment().readings()) {
        if (answers(a, before) && answers(b, after)) {
          for (String change : before.changes(after)) {
            remarks.add("between the runs, the answerer's " + change);
          }
        }
      }
    }
    return remarks.stream().distinct().toList();
  }

  private static boolean answers(RunRecord run, ServedModel served) {
    String address = run.answerer().address();
    return address != null && List.of(address.split("\\|")).contains(served.address());
  }

  /// The ways in which two runs differ apart from their captioners.
  public static List<Mismatch> between(RunRecord a, RunRecord b) {
    List<Mismatch> found = new ArrayList<>();
    if (!a.hasDataOf(b)) {
      found.add(DATA);
    }
    if (!a.protocol().digest().equals(b.protocol().digest())
        || !a.protocol().captionPrompt().equals(b.protocol().captionPrompt())
        || a.protocol().captions() != b.protocol().captions()
        || !a.protocol().answerForm().equals(b.protocol().answerForm())) {
      found.add(PROTOCOL);
    }
    if (!a.protocol().mode().equals(b.protocol().mode())) {
      found.add(MODE);
    }
    if (!a.hasAnswererOf(b)) {
      found.add(ANSWERER);
    }
    if (!a.asking().equals(b.asking())) {
      found.add(ASKING);
    }
    return found;
  }
}
