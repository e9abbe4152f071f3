package dev.refract.harness.score;

import dev.refract.manifest.MetricName;
import java.util.List;
import java.util.Map;

/// 1 when the parsed letter is the gold's, else 0.
public record ChoiceMatch() implements Metric {

  @Override
  public MetricName name() {
    return MetricName.CHOICE;
  }

  @Override
  public double score(List<String> golds, String answer, Map<String, String> attributes) {
    return golds.contains(answer) ? 1 : 0;
  }
}
