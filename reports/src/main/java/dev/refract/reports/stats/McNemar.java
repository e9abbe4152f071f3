package dev.refract.reports.stats;

import org.apache.commons.math3.distribution.BinomialDistribution;

/// McNemar's exact test on discordant questions: correct only where every image has one question,
/// since it assumes independent questions.
public final class McNemar {

  private McNemar() {}

  /// p = min(1, 2 · P(X ≤ min(b, c))) with X binomial over b + c at one half; 1 when b + c = 0.
  /// Commons Math's `BinomialTest` is not used because it exceeds 1 at the middle.
  ///
  /// @param b number of questions on which only one side is right
  /// @param c number of questions on which only the other side is right
  public static double p(int b, int c) {
    if (b + c == 0) {
      return 1;
    }
    return Math.min(
        1, 2 * new BinomialDistribution(null, b + c, 0.5).cumulativeProbability(Math.min(b, c)));
  }
}
