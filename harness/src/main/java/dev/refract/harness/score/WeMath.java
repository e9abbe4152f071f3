package dev.refract.harness.score;

import dev.refract.harness.text.PythonText;
import dev.refract.manifest.MetricName;

/// We-Math's judgement of one row: the first letter after the last word `Answer` equals the gold.
/// The benchmark's four-dimensional score over the steps of a problem is not computed here.
///
/// Source: Qiao et al. 2024, arXiv 2407.01284; `wemath.py` of VLMEvalKit.
public record WeMath() implements Metric {

  private static final String LETTERS = "ABCDEFGH";
  private static final String ANSWER = "Answer";

  @Override
  public MetricName name() {
    return MetricName.WEMATH;
  }

  @Override
  public double score(AnswerKey key, String answer) {
    return key.golds().contains(answer) ? 1 : 0;
  }

  @Override
  public String extracted(AnswerKey key, String reply) {
    int at = reply.lastIndexOf(ANSWER);
    String after = at < 0 ? reply : reply.substring(at + ANSWER.length());
    String plain = PythonText.strip(PythonText.strip(after).replaceAll("[<>:.]", ""));
    return plain.isEmpty() || LETTERS.indexOf(plain.charAt(0)) < 0 ? "" : plain.substring(0, 1);
  }
}
