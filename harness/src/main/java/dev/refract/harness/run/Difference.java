package dev.refract.harness.run;

import dev.refract.reports.result.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// In which parts a run on disk differs from the one that is asked for, in words.
final class Difference {

  private Difference() {}

  static String between(RunRecord known, RunRecord wanted) {
    List<String> parts = new ArrayList<>();
    if (!known.captioner().equals(wanted.captioner())) {
      parts.add("captioner was " + known.captioner());
    }
    if (!known.answerer().equals(wanted.answerer())) {
      parts.add("answerer was " + known.answerer());
    }
    if (!Objects.equals(known.judge(), wanted.judge())) {
      parts.add("judge was " + known.judge());
    }
    if (!known.asking().equals(wanted.asking())) {
      RunRecord.Asking asking = known.asking();
      parts.add(
          "it had %d rotations, %d repeats, caption budgets %s"
              .formatted(asking.rotations(), asking.repeats(), asking.budgets()));
    }
    if (!known.hasDataOf(wanted)) {
      parts.add(
          "data were "
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
    return parts.isEmpty() ? "sampling differs" : String.join("; ", parts);
  }
}
