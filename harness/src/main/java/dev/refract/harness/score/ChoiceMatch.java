package dev.refract.harness.score;

import dev.refract.manifest.MetricName;

/// 1 when the parsed letter is the gold's, else 0.
public record ChoiceMatch() implements Metric {

  @Override
  public MetricName name() {
    return MetricName.CHOICE;
  }

  @Override
  public double score(AnswerKey key, String answer) {
    return key.golds().contains(answer) ? 1 : 0;
  }
}
