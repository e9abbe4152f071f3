package dev.refract.harness.run;

import dev.refract.reports.file.RunJson;
import dev.refract.reports.result.ModelIdentity;
import dev.refract.reports.result.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Describes how a run on disk differs from the requested one.
final class SettingsDiff {

  private SettingsDiff() {}

  static String between(RunRecord known, RunRecord wanted) {
    List<String> parts = new ArrayList<>();
    if (!known.captioner().fingerprinted().equals(wanted.captioner().fingerprinted())) {
      parts.add("captioner was " + RunJson.text(known.captioner()));
    }
    if (!known.answerer().fingerprinted().equals(wanted.answerer().fingerprinted())) {
      parts.add("answerer was " + RunJson.text(known.answerer()));
    }
    if (!Objects.equals(known.judge(), wanted.judge())) {
      parts.add("judge was " + (known.judge() == null ? "none" : RunJson.text(known.judge())));
    }
    if (!known.asking().equals(wanted.asking())) {
      RunRecord.TrialCounts asking = known.asking();
      parts.add(
          "it had %d rotations, %d repeats, caption budgets %s"
              .formatted(asking.rotations(), asking.repeats(), asking.budgets()));
    }
    if (!known.hasDataOf(wanted)) {
      parts.add(
          "data was "
              + known.datasets().stream()
                  .map(d -> d.id() + " with " + d.images() + " images, " + d.checksum())
                  .toList());
    }
    if (!known.protocol().equals(wanted.protocol())) {
      parts.add(
          "protocol was %s/%d, %s form"
              .formatted(
                  known.protocol().id(),
                  known.protocol().version(),
                  known.protocol().answerForm()));
    }
    if (parts.isEmpty()) {
      return known.captioner() instanceof ModelIdentity.Imported
          ? "its files were different"
          : "its sampling or its questions were different";
    }
    return String.join("; ", parts);
  }
}
