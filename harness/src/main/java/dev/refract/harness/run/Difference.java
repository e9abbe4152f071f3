package dev.refract.harness.run;

import dev.refract.harness.answer.Answerer;
import dev.refract.harness.caption.Captioner;
import dev.refract.reports.result.RunRecord;
import java.util.ArrayList;
import java.util.List;

/// In which parts a run on disk differs from the one that is asked for, in words.
final class Difference {

  private Difference() {}

  static String between(RunRecord known, RunPlan plan, Captioner captioner, Answerer answerer) {
    List<String> parts = new ArrayList<>();
    if (!known.captioner().equals(captioner.identity())) {
      parts.add("captioner was " + known.captioner());
    }
    if (!known.answerer().equals(answerer.identity())) {
      parts.add("answerer was " + known.answerer());
    }
    if (!checksums(known.datasets()).equals(checksums(plan.datasets()))) {
      parts.add(
          "data were "
              + known.datasets().stream()
                  .map(d -> d.id() + " with " + d.images() + " images, " + d.checksum())
                  .toList());
    }
    if (!known.protocol().equals(plan.protocol().record())) {
      parts.add("protocol was %s/%d".formatted(known.protocol().id(), known.protocol().version()));
    }
    return parts.isEmpty() ? "sampling differs" : String.join("; ", parts);
  }

  private static List<String> checksums(List<RunRecord.Dataset> datasets) {
    return datasets.stream().map(d -> d.id() + " " + d.checksum()).toList();
  }
}
