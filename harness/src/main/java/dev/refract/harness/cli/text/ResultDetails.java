package dev.refract.harness.cli.text;

import dev.refract.manifest.PublishedResults;
import dev.refract.reports.result.ModelIdentity;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.result.Summary;
import dev.refract.reports.stats.RankAgreement;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Results that do not fit into a column: option letters, caption budgets, rank agreement between
/// answerers, published results.
public record ResultDetails(PrintWriter out, List<RunFile> runs) {

  public void print() {
    letters();
    budgets();
    agreement();
    published();
  }

  private void letters() {
    for (RunFile run : runs) {
      Map<String, Summary.Letter> letters = run.summary().letters();
      if (run.record().asking().rotations() > 1 && !letters.isEmpty()) {
        out.printf("%s, option letters, chosen (correct):", run.record().name());
        letters.forEach((letter, n) -> out.printf(" %s %d (%d)", letter, n.chosen(), n.gold()));
        out.println();
      }
    }
  }

  private void budgets() {
    for (RunFile run : runs) {
      Summary summary = run.summary();
      if (!summary.budgets().isEmpty()) {
        out.printf(
            "%s, accuracy by caption length: %s%n",
            run.record().name(),
            summary.budgets().stream()
                .map(b ->
                    "%s %.1f%%"
                        .formatted(
                            b.pieces() == 0 ? "whole" : b.pieces() + " pieces",
                            100 * b.accuracy().mean()))
                .collect(Collectors.joining(", ")));
      }
    }
  }

  /// Rank agreement of each two answerers over the captioners that both answered for.
  private void agreement() {
    Map<String, Map<String, Double>> byAnswerer = new LinkedHashMap<>();
    for (RunFile run : runs) {
      RunRecord record = run.record();
      if (!(record.captioner() instanceof ModelIdentity.Direct)) {
        byAnswerer
            .computeIfAbsent(record.answererId(), _ -> new LinkedHashMap<>())
            .put(record.captionerId(), run.summary().overall().accuracy().mean());
      }
    }
    List<String> answerers = List.copyOf(byAnswerer.keySet());
    for (int i = 0; i < answerers.size(); i++) {
      for (int j = i + 1; j < answerers.size(); j++) {
        agreement(answerers.get(i), answerers.get(j), byAnswerer);
      }
    }
  }

  private void agreement(String one, String two, Map<String, Map<String, Double>> byAnswerer) {
    Map<String, Double> first = byAnswerer.getOrDefault(one, Map.of());
    Map<String, Double> second = byAnswerer.getOrDefault(two, Map.of());
    Set<String> both = new TreeSet<>(first.keySet());
    both.retainAll(second.keySet());
    if (both.size() < 2) {
      return;
    }
    double tau =
        RankAgreement.tau(
            both.stream().mapToDouble(first::get).toArray(),
            both.stream().mapToDouble(second::get).toArray());
    out.printf(
        "Answerers %s and %s over %d captioners: rank agreement (Kendall's tau-b) %s%n",
        one,
        two,
        both.size(),
        Double.isNaN(tau) ? "undefined, all scores of one are equal" : "%.2f".formatted(tau));
  }

  /// Published results for the datasets of these runs, by the same protocol.
  private void published() {
    Set<String> datasets = new TreeSet<>();
    runs.forEach(run -> run.record().datasets().forEach(d -> datasets.add(d.id())));
    for (PublishedResults table : PublishedResults.by(protocols(runs))) {
      List<String> shared = table.columns().stream().filter(datasets::contains).toList();
      if (!shared.isEmpty()) {
        out.printf("Published results, not measured here (%s):%n", table.source());
        for (PublishedResults.Row row : table.rows()) {
          List<String> cells = new ArrayList<>();
          for (String dataset : shared) {
            cells.add(
                "%s %.1f"
                    .formatted(dataset, row.accuracies().get(table.columns().indexOf(dataset))));
          }
          out.printf("  %-22s %s%n", row.captioner(), String.join(", ", cells));
        }
      }
    }
  }

  public static List<String> protocols(List<RunFile> runs) {
    return runs.stream().map(run -> run.record().protocol().id()).distinct().toList();
  }
}
