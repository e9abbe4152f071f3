package dev.refract.harness.score;

import dev.refract.harness.text.PythonText;
import dev.refract.manifest.MetricMode;
import dev.refract.manifest.MetricName;
import java.util.List;

/// ANLS: similarity of a short answer to the nearest gold; tolerates small spelling and OCR errors.
///
/// Score in [0, 1]: 1 − distance / length, the best over all golds; below {@value #MIN_SIMILARITY}
/// it counts as 0. The distance is Levenshtein's over code points of the stripped, lower-cased,
/// space-collapsed texts; it is divided by the longer *raw* text, counted in upper case, as the
/// DocVQA and InfographicVQA scorers do. `strict` divides by the longer of the normalised texts
/// that are compared, and counts a similarity of exactly one half as 0, following the paper's `NL <
/// τ`.
///
/// Source: Biten et al. 2019, "Scene Text Visual Question Answering", section 4; rows `anls.*` of
/// the golden file.
public record Anls(MetricMode mode) implements Metric {

  private static final double MIN_SIMILARITY = 0.5;

  @Override
  public MetricName name() {
    return MetricName.ANLS;
  }

  @Override
  public double score(AnswerKey key, String answer) {
    return best(key.golds(), answer);
  }

  double best(List<String> golds, String answer) {
    double best = 0;
    for (String gold : golds) {
      best =
          Math.max(
              best,
              mode == MetricMode.OFFICIAL
                  ? similarity(gold, answer)
                  : similarity(normal(gold), normal(answer)));
    }
    return best < MIN_SIMILARITY || (best == MIN_SIMILARITY && mode == MetricMode.STRICT)
        ? 0
        : best;
  }

  /// 1 − distance / length, without the threshold.
  static double similarity(String gold, String answer) {
    int length = Math.max(PythonText.upperLength(gold), PythonText.upperLength(answer));
    if (length == 0) {
      return 1;
    }
    return 1 - (double) Levenshtein.distance(normal(gold), normal(answer)) / length;
  }

  private static String normal(String text) {
    return PythonText.lower(PythonText.collapse(text));
  }
}
