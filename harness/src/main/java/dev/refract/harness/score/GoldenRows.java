package dev.refract.harness.score;

import dev.refract.harness.dataset.DatasetException;
import dev.refract.manifest.MetricMode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Compares the metrics here with rows scored by the benchmarks' own scorers: JSON Lines with
/// `metric` (name and reference, such as `anls.vlmevalkit`), `gold` (a list), `pred`, `score`, and
/// further fields that the metric needs.
public final class GoldenRows {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final double TOLERANCE = 1e-9;
  private static final int MAX_ROWS_SHOWN = 5;

  private GoldenRows() {}

  /// @param unsupported number of rows that the metric here cannot decide; not counted elsewhere
  /// @param unknown whether refract does not have the metric
  /// @param disagreements texts of the first few disagreements
  public record Tally(
      String metric,
      int agree,
      int disagree,
      int unsupported,
      boolean unknown,
      List<String> disagreements) {

    public int total() {
      return agree + disagree + unsupported;
    }
  }

  /// Scores one row; empty when it cannot be decided.
  @FunctionalInterface
  private interface Scorer {
    OptionalDouble score(List<String> golds, String answer, JsonNode row);
  }

  private static final Map<String, Scorer> SCORERS =
      Map.of(
          "relaxed_accuracy.vlmevalkit", of(new RelaxedAccuracy(true, MetricMode.OFFICIAL)),
          "relaxed_accuracy.lmms_eval", of(new RelaxedAccuracy(false, MetricMode.OFFICIAL)),
          "anls.vlmevalkit", of(new Anls(MetricMode.OFFICIAL)),
          "anls.lmms_eval", of(new Anls(MetricMode.OFFICIAL)),
          "vqa_score.vlmevalkit", of(new VqaScore(MetricMode.OFFICIAL)),
          "chartqapro.official", GoldenRows::chartQaPro,
          "caprl.reference", GoldenRows::capRl);

  private static Scorer of(Metric metric) {
    return (golds, answer, _) -> OptionalDouble.of(metric.score(golds, answer));
  }

  /// Some rows set the exact-match flag on purpose; the released script never does.
  private static OptionalDouble chartQaPro(List<String> golds, String answer, JsonNode row) {
    List<String> years = List.of(row.path("year").asString("NO"));
    return OptionalDouble.of(
        ChartQaPro.score(golds.getFirst(), answer, years, row.path("exact").asBoolean(false)));
  }

  private static OptionalDouble capRl(List<String> golds, String reply, JsonNode row) {
    CapRl.Kind kind =
        switch (row.path("kind").asString("")) {
          case "chart" -> CapRl.Kind.CHART;
          case "info" -> CapRl.Kind.INFO;
          default -> CapRl.Kind.MATH;
        };
    return CapRl.score(kind, golds, CapRl.answer(reply));
  }

  /// One tally for each metric in the file, in the order in which the metrics first appear.
  ///
  /// @throws DatasetException when a line is not a golden row; the message names the line
  public static List<Tally> check(Path file) {
    Map<String, Counter> counters = new LinkedHashMap<>();
    int number = 0;
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        JsonNode row = JSON.readTree(line);
        String metric = row.path("metric").asString("");
        if (metric.isEmpty()
            || !row.path("gold").isArray()
            || row.path("gold").isEmpty()
            || !row.path("pred").isString()
            || !row.path("score").isNumber()) {
          throw new DatasetException(
              file + ":" + number + ": expected metric, gold (a list), pred and score");
        }
        counters.computeIfAbsent(metric, _ -> new Counter()).add(metric, row, number);
      }
    } catch (JacksonException e) {
      throw new DatasetException(file + ":" + number + ": not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new DatasetException(file + ": cannot be read: " + e);
    }
    List<Tally> tallies = new ArrayList<>();
    counters.forEach((metric, counter) -> tallies.add(counter.tally(metric)));
    return tallies;
  }

  private static final class Counter {

    private int agree;
    private int disagree;
    private int unsupported;
    private final List<String> shown = new ArrayList<>();

    void add(String metric, JsonNode row, int number) {
      List<String> golds = new ArrayList<>();
      row.get("gold").forEach(gold -> golds.add(gold.asString("")));
      String answer = row.get("pred").asString("");
      Scorer scorer = SCORERS.get(metric);
      OptionalDouble score =
          scorer == null ? OptionalDouble.empty() : scorer.score(golds, answer, row);
      double expected = row.get("score").asDouble();
      if (score.isEmpty()) {
        unsupported++;
      } else if (Math.abs(score.getAsDouble() - expected) <= TOLERANCE) {
        agree++;
      } else {
        disagree++;
        if (shown.size() < MAX_ROWS_SHOWN) {
          shown.add(
              "line %d: gold %s, answer '%s': expected %s, found %s"
                  .formatted(number, golds, answer, expected, score.getAsDouble()));
        }
      }
    }

    Tally tally(String metric) {
      return new Tally(
          metric, agree, disagree, unsupported, !SCORERS.containsKey(metric), List.copyOf(shown));
    }
  }
}
