package dev.refract.harness.score;

import dev.refract.harness.dataset.DatasetException;
import dev.refract.harness.dataset.read.SpelledJson;
import dev.refract.manifest.MetricMode;
import dev.refract.manifest.MetricName;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Compares the metrics here with rows scored by the benchmarks' own scorers: JSON Lines with
/// `metric` (a name such as `anls`, or a name and a scorer such as `anls.vlmevalkit`), `gold` (a
/// list), `pred`, `score`, and where the metric needs them `choices` and `attributes`.
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

  /// Scorers whose rules differ from the metric that a dataset uses.
  private static final Map<String, Metric> VARIANTS =
      Map.of("relaxed_accuracy.lmms_eval", new RelaxedAccuracy(false, MetricMode.OFFICIAL));

  /// The scorers with which a metric agrees, by the name of the metric. A row may also name the
  /// metric alone.
  private static final Map<MetricName, List<String>> SCORERS =
      Map.ofEntries(
          Map.entry(MetricName.RELAXED_ACCURACY, List.of("vlmevalkit", "lmms_eval")),
          Map.entry(MetricName.CHARTQAPRO, List.of("official", "vlmevalkit")),
          Map.entry(MetricName.ANLS, List.of("vlmevalkit", "lmms_eval")),
          Map.entry(MetricName.CONTAINS, List.of("vlmevalkit")),
          Map.entry(MetricName.VQA_SCORE, List.of("vlmevalkit")),
          Map.entry(MetricName.CAPTIONQA, List.of("lmms_eval")),
          Map.entry(MetricName.MATH, List.of("math_verify")),
          Map.entry(MetricName.CAPRL, List.of("reference")),
          Map.entry(MetricName.MMMU, List.of("official")),
          Map.entry(MetricName.MMMU_PRO, List.of("official")),
          Map.entry(MetricName.MATHVISTA, List.of("official")),
          Map.entry(MetricName.VISULOGIC, List.of("vlmevalkit")),
          Map.entry(MetricName.WEMATH, List.of("vlmevalkit")));

  /// The metric of a row's name; empty when refract does not have it.
  private static Optional<Metric> metric(String name) {
    int dot = name.indexOf('.');
    String metric = dot < 0 ? name : name.substring(0, dot);
    return MetricName.of(metric)
        .filter(known ->
            dot < 0 || SCORERS.getOrDefault(known, List.of()).contains(name.substring(dot + 1)))
        .flatMap(_ -> Optional.ofNullable(VARIANTS.get(name)).or(() -> Metrics.named(metric)));
  }

  /// The names that {@link #check} knows.
  public static List<String> known() {
    List<String> known = new ArrayList<>();
    for (MetricName metric : MetricName.values()) {
      known.add(metric.toString());
      SCORERS.getOrDefault(metric, List.of()).forEach(by -> known.add(metric + "." + by));
    }
    return known;
  }

  /// Scores one row; empty when it cannot be decided.
  private static OptionalDouble score(Metric metric, JsonNode row) {
    List<String> golds = texts(row.get("gold"));
    String reply = row.get("pred").asString("");
    if (metric instanceof ChartQaPro && row.path("exact").asBoolean(false)) {
      // Some rows set the exact-match flag on purpose; the released script never does.
      List<String> years = List.of(row.path("year").asString("NO"));
      return OptionalDouble.of(ChartQaPro.score(golds.getFirst(), reply, years, true));
    }
    Map<String, String> attributes = new HashMap<>();
    for (Map.Entry<String, JsonNode> attribute : row.path("attributes").properties()) {
      attributes.put(attribute.getKey(), String.join(",", texts(attribute.getValue())));
    }
    for (String name : List.of("year", "question_type", "answer_type", "precision", "category")) {
      if (row.hasNonNull(name)) {
        attributes.put(name, String.join(",", texts(row.get(name))));
      }
    }
    if (row.hasNonNull("kind")) {
      String kind = row.get("kind").asString("");
      attributes.put(CapRl.CATEGORY, kind.equals("info") ? "infographic" : kind);
    }
    AnswerKey key = new AnswerKey(golds, texts(row.path("choices")), attributes);
    return metric.decide(key, metric.extracted(key, reply));
  }

  private static List<String> texts(JsonNode node) {
    List<String> texts = new ArrayList<>();
    if (node.isArray()) {
      node.forEach(each -> texts.add(each.asString("")));
    } else if (!node.isMissingNode() && !node.isNull()) {
      texts.add(node.asString(""));
    }
    return texts;
  }

  /// One tally for each metric in the file, in the order in which the metrics first appear.
  ///
  /// @throws DatasetException when a line is not a golden row; the message names the line
  public static List<Tally> check(Path file) {
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      return check(file.toString(), lines);
    } catch (NoSuchFileException _) {
      throw new DatasetException(file + ": no such file");
    } catch (IOException e) {
      throw new DatasetException(file + ": cannot be read: " + e);
    }
  }

  /// @param place name of the lines' source, for messages
  public static List<Tally> check(String place, BufferedReader lines) throws IOException {
    Map<String, Counter> counters = new LinkedHashMap<>();
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (number == 1 && line.startsWith("\ufeff")) {
        line = line.substring(1); // a byte order mark, which some editors write
      }
      if (line.isBlank()) {
        continue;
      }
      JsonNode row = row(place + ":" + number, line);
      String metric = row.get("metric").asString("");
      counters.computeIfAbsent(metric, Counter::new).add(row, number);
    }
    if (counters.isEmpty()) {
      throw new DatasetException(place + ": no rows");
    }
    return counters.values().stream().map(Counter::tally).toList();
  }

  private static JsonNode row(String place, String line) {
    JsonNode row;
    try {
      row = JSON.readTree(line);
      if (row instanceof ObjectNode object && SpelledJson.tree(line) instanceof JsonNode spelled) {
        object.set("gold", spelled.path("gold")); // 1.50 is not 1.5
      }
    } catch (JacksonException e) {
      throw new DatasetException(place + ": not JSON: " + e.getOriginalMessage());
    }
    String wrong =
        !row.path("metric").isString()
            ? "metric"
            : !row.path("gold").isArray()
                    || row.path("gold").isEmpty()
                    || row.path("gold").valueStream().anyMatch(JsonNode::isNull)
                ? "gold"
                : !row.path("pred").isString()
                    ? "pred"
                    : row.path("score").isNumber() ? "" : "score";
    if (!wrong.isEmpty()) {
      throw new DatasetException(
          "%s: expected metric, gold (a list), pred and score (a number); '%s' is %s"
              .formatted(place, wrong, row.has(wrong) ? row.get(wrong) : "missing"));
    }
    return row;
  }

  private static final class Counter {

    private final String name;
    private final Optional<Metric> metric;
    private int agree;
    private int disagree;
    private int unsupported;
    private final List<String> shown = new ArrayList<>();

    Counter(String name) {
      this.name = name;
      metric = metric(name);
    }

    void add(JsonNode row, int number) {
      OptionalDouble score = metric.map(by -> score(by, row)).orElse(OptionalDouble.empty());
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
                  .formatted(
                      number,
                      texts(row.get("gold")),
                      row.get("pred").asString(""),
                      expected,
                      score.getAsDouble()));
        }
      }
    }

    Tally tally() {
      return new Tally(name, agree, disagree, unsupported, metric.isEmpty(), List.copyOf(shown));
    }
  }
}
