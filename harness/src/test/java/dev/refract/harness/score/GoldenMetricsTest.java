package dev.refract.harness.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.refract.harness.Shared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The benchmarks' own scorers are the oracle; their rows lie outside of the repository.
class GoldenMetricsTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Map<String, Metric> METRICS =
      Map.of(
          "relaxed_accuracy.vlmevalkit", new RelaxedAccuracy(true),
          "relaxed_accuracy.lmms_eval", new RelaxedAccuracy(false),
          "anls.vlmevalkit", new Anls(),
          "anls.lmms_eval", new Anls(),
          "vqa_score.vlmevalkit", new VqaScore(),
          "chartqapro.official", new ChartQaPro());

  @Test
  void everyGoldenRowAgrees() throws IOException {
    Path golden = Shared.folder().resolve("golden/metrics.jsonl");
    assumeThat(golden).as("golden rows").exists();
    List<String> wrong = new ArrayList<>();
    int rows = 0;
    for (String line : Files.readAllLines(golden)) {
      JsonNode row = JSON.readTree(line);
      Metric metric = METRICS.get(row.get("metric").asString());
      if (metric != null) {
        rows++;
        List<String> golds = new ArrayList<>();
        row.get("gold").forEach(gold -> golds.add(gold.asString()));
        double score = score(metric, golds, row);
        if (Math.abs(score - row.get("score").asDouble()) > 1e-9) {
          wrong.add(line + " but here " + score);
        }
      }
    }
    assertThat(rows).isEqualTo(2 * 1762 + 2 * 1912 + 150 + 1842);
    assertThat(wrong).isEmpty();
  }

  /// Some rows of ChartQAPro pass the exact-match flag on purpose, which its script never does.
  private static double score(Metric metric, List<String> golds, JsonNode row) {
    String answer = row.get("pred").asString();
    if (row.path("exact").asBoolean(false)) {
      return ChartQaPro.score(golds.getFirst(), answer, List.of(row.get("year").asString()), true);
    }
    return metric.score(golds, answer, Map.of("year", row.path("year").asString("NO")));
  }
}
