package dev.refract.harness.score;

import dev.refract.harness.text.PythonText;
import dev.refract.manifest.MetricName;

/// OCRBench's score (`official`): 1 when the answer contains a gold, else 0. Case and line breaks
/// are ignored; for handwritten mathematics case matters and blanks are ignored.
///
/// Attribute `question_type`: `Handwritten Mathematical Expression Recognition` for the latter.
///
/// Source: Liu et al. 2023, arXiv 2305.07895, as VLMEvalKit scores it.
public record Contains() implements Metric {

  private static final String HANDWRITTEN = "Handwritten Mathematical Expression Recognition";

  @Override
  public MetricName name() {
    return MetricName.CONTAINS;
  }

  @Override
  public double score(AnswerKey key, String answer) {
    boolean mathematics = key.attribute("question_type").equals(HANDWRITTEN);
    String found = normal(answer, mathematics);
    return key.golds().stream().anyMatch(gold -> found.contains(normal(gold, mathematics))) ? 1 : 0;
  }

  private static String normal(String text, boolean mathematics) {
    String line = PythonText.strip(text).replace('\n', ' ');
    return mathematics ? line.replace(" ", "") : PythonText.lower(line);
  }
}
