package dev.refract.reports.html;

import dev.refract.reports.file.RunJson;
import dev.refract.reports.result.ModelIdentity;
import dev.refract.reports.result.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/// How the figures of a board were measured, collected from its runs: protocols with their prompts,
/// answerers, data, machines.
public record MethodologyView(
    List<RunRecord.Protocol> protocols,
    List<String> answerers,
    List<String> judges,
    List<Data> data,
    List<String> machines,
    List<String> harnesses) {

  public record Data(String name, String facts) {}

  static MethodologyView of(List<RunRecord> runs) {
    Map<String, Data> data = new LinkedHashMap<>();
    for (RunRecord run : runs) {
      for (RunRecord.Dataset d : run.datasets()) {
        data.putIfAbsent(
            d.id() + d.checksum(),
            new Data(
                d.id(),
                "%s, %s, %d questions, %s%s%s"
                    .formatted(
                        d.title(),
                        d.extent(),
                        d.questions(),
                        d.checksum(),
                        d.revision() == null ? "" : ", revision " + d.revision(),
                        d.licence() == null
                            ? d.scoring()
                            : ", licence " + d.licence() + d.scoring())));
      }
    }
    List<String> judges = new ArrayList<>();
    for (RunRecord run : runs) {
      if (run.judge() != null) {
        judges.add(RunJson.text(run.judge()));
      }
    }
    return new MethodologyView(
        runs.stream().map(RunRecord::protocol).distinct().toList(),
        runs.stream().map(r -> RunJson.text(r.answerer())).distinct().toList(),
        List.copyOf(new TreeSet<>(judges)),
        List.copyOf(data.values()),
        runs.stream()
            .filter(r -> !(r.answerer() instanceof ModelIdentity.Imported))
            .map(MethodologyView::machine)
            .distinct()
            .toList(),
        runs.stream().map(r -> "refract " + r.environment().harness()).distinct().toList());
  }

  private static String machine(RunRecord run) {
    RunRecord.Environment e = run.environment();
    return "%s, %d processors, %s, Java %s"
        .formatted(e.processor(), e.processors(), e.os(), e.java());
  }
}
