package dev.refract.reports.stats;

import org.apache.commons.math3.distribution.NormalDistribution;

/// What a comparison of two runs can prove.
///
/// The variance of a paired difference is v / n: v the variance of a question's difference with the
/// correlation of several questions on one image. Of two runs it is measured, with the clustered
/// standard error of their difference, whatever the scores are (right or wrong, graded, averaged).
/// Before there are runs, v = psi · deff for scores of 0 and 1: psi the share of questions whose
/// answers change, deff the design effect (Connor 1987; Miller 2024, arXiv 2411.00640).
///
/// @param n questions
/// @param variance v, at least 0
/// @param alpha such as 0.05
public record Power(double n, double variance, double alpha) {

  private static final double POWER = 0.8;
  private static final NormalDistribution NORMAL = new NormalDistribution();

  /// What a comparison of right and wrong answers will be able to prove.
  ///
  /// @param discordance psi, in [0, 1]
  /// @param designEffect deff, above 0
  public static Power expected(double n, double discordance, double designEffect, double alpha) {
    return new Power(n, discordance * designEffect, alpha);
  }

  /// What the comparison of these runs can prove.
  public static Power of(PairedDifference paired, double alpha) {
    double error = paired.standardError();
    return new Power(paired.n(), paired.n() * error * error, alpha);
  }

  /// The smallest difference that a two-sided test detects with 80 % power, as a share.
  public double detectable() {
    return detectable(error(), alpha);
  }

  /// The same for a difference whose standard error is known.
  public static double detectable(double standardError, double alpha) {
    return (z(1 - alpha / 2) + z(POWER)) * standardError;
  }

  /// The smallest margin at which a gate passes an equal candidate with 80 % power, as a share.
  public double margin() {
    return (z(1 - alpha) + z(POWER)) * error();
  }

  /// The number of questions that a gate needs for a margin.
  ///
  /// @param margin as a share, above 0
  public double questionsFor(double margin) {
    double ratio = (z(1 - alpha) + z(POWER)) / margin;
    return Math.ceil(ratio * ratio * variance);
  }

  /// The same for another number of questions.
  public Power with(double questions) {
    return new Power(questions, variance, alpha);
  }

  /// The design effect of m questions per image whose differences are correlated: 1 + (m − 1) ·
  /// rho.
  ///
  /// @param correlation rho, in [0, 1]
  public static double designEffect(double questionsPerImage, double correlation) {
    return 1 + (Math.max(1, questionsPerImage) - 1) * correlation;
  }

  private double error() {
    return Math.sqrt(variance / n);
  }

  private static double z(double p) {
    return NORMAL.inverseCumulativeProbability(p);
  }
}
