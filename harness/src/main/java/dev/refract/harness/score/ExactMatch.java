package dev.refract.harness.score;

import dev.refract.manifest.MetricName;
import java.util.List;
import java.util.Map;

/// 1 when the answer equals a gold except for case, blanks and a final full stop; else 0.
public record ExactMatch() implements Metric {

  @Override
  public MetricName name() {
    return MetricName.EXACT_MATCH;
  }

  @Override
  public double score(List<String> golds, String answer, Map<String, String> attributes) {
    String found = normal(answer);
    return golds.stream().anyMatch(gold -> normal(gold).equals(found)) ? 1 : 0;
  }

  private static String normal(String text) {
    return PythonText.lower(PythonText.collapse(text)).replaceFirst("\\.$", "");
  }
}
