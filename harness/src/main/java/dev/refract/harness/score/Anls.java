package dev.refract.harness.score;

import java.util.List;
import java.util.Map;

/// ANLS: how close a short answer comes to the nearest gold, forgiving small spelling and OCR
/// errors (`official`).
///
/// Score in [0, 1]: 1 − distance / length, the best over all golds; below {@value #CUT} it counts
/// as 0. The distance is Levenshtein's over code points of the stripped, lower-cased,
/// space-collapsed texts; it is divided by the longer *raw* text, counted in upper case, as the
/// DocVQA and InfographicVQA scorers do.
///
/// Source: Biten et al. 2019, "Scene Text Visual Question Answering", section 4; rows `anls.*` of
/// the golden file.
public record Anls() implements Metric {

  private static final double CUT = 0.5;

  @Override
  public String name() {
    return "anls";
  }

  @Override
  public double score(List<String> golds, String answer, Map<String, String> attributes) {
    double best = 0;
    for (String gold : golds) {
      best = Math.max(best, similarity(gold, answer));
    }
    return best < CUT ? 0 : best;
  }

  /// 1 − distance / length, without the cut.
  static double similarity(String gold, String answer) {
    int length = Math.max(PythonText.upperLength(gold), PythonText.upperLength(answer));
    if (length == 0) {
      return 1;
    }
    int distance = distance(codePoints(gold), codePoints(answer));
    return 1 - (double) distance / length;
  }

  private static int[] codePoints(String text) {
    return PythonText.lower(PythonText.collapse(text)).codePoints().toArray();
  }

  private static int distance(int[] a, int[] b) {
    int[] row = new int[b.length + 1];
    for (int j = 0; j <= b.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length; i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length; j++) {
        int substituted = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substituted, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length];
  }
}
