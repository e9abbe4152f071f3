package dev.refract.harness.score;

import dev.refract.harness.score.parse.AnswerParser;
import dev.refract.harness.score.parse.Parsed;
import dev.refract.manifest.MetricName;

/// CaptionQA's score: 1 for the right option, 0 for a wrong one, and 1/K + 0.05 for the option
/// "Cannot answer from the caption", where K is the number of the other options.
///
/// Source: arXiv 2511.21025, section 3.4; the release's `qa.py` and its task in lmms-eval.
public record CaptionQa() implements Metric {

  private static final double BONUS = 0.05;

  @Override
  public MetricName name() {
    return MetricName.CAPTIONQA;
  }

  @Override
  public double score(AnswerKey key, String answer) {
    return key.golds().contains(answer) ? 1 : 0;
  }

  @Override
  public String extracted(AnswerKey key, String reply) {
    return AnswerParser.firstLetter(reply, key.choices().size()) instanceof Parsed.Answer letter
        ? letter.text()
        : reply;
  }

  /// The score of the option "Cannot answer from the caption".
  ///
  /// @param options number of the other options, at least 1
  public static double abstention(int options) {
    return Math.min(1, 1.0 / options + BONUS);
  }
}
