package dev.refract.reports.compare;

import dev.refract.reports.result.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What makes two runs incomparable, unless that difference is meant.
public enum Mismatch {
  /// Other data, or another selection of them.
  DATA,
  /// Other prompts or sampling.
  PROTOCOL,
  /// Other rules of the metrics.
  MODE,
  /// Another answerer: then a difference may be its and not the captioner's.
  ANSWERER,
  /// Questions asked another number of times.
  ASKING;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// In which ways two runs differ besides in their captioner.
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
