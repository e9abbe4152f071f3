package dev.refract.harness.score;

import java.util.List;
import java.util.Map;

/// 1 when the answer is a gold but for case, blanks and a full stop at the end; else 0.
public record ExactMatch() implements Metric {

  @Override
  public String name() {
    return "exact_match";
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
