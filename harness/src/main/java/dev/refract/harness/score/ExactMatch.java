package dev.refract.harness.score;

import dev.refract.harness.text.PythonText;
import dev.refract.manifest.MetricName;

/// 1 when the answer equals a gold except for case, blanks and a final full stop; else 0.
public record ExactMatch() implements Metric {

  @Override
  public MetricName name() {
    return MetricName.EXACT_MATCH;
  }

  @Override
  public double score(AnswerKey key, String answer) {
    String found = normal(answer);
    return key.golds().stream().anyMatch(gold -> normal(gold).equals(found)) ? 1 : 0;
  }

  private static String normal(String text) {
    return PythonText.lower(PythonText.collapse(text)).replaceFirst("\\.$", "");
  }
}
