package dev.refract.reports.stats;

import org.apache.commons.math3.distribution.NormalDistribution;

/// What a comparison of two runs can prove, computed before the comparison.
///
/// The variance of a paired difference is psi · deff / n: psi the share of questions whose answers
/// change, deff the design effect of several questions on one image (Connor 1987; Miller 2024,
/// arXiv 2411.00640).
///
/// @param n questions
/// @param discordance psi, in [0, 1]
/// @param designEffect deff, at least a little above 0
/// @param alpha such as 0.05
public record Power(double n, double discordance, double designEffect, double alpha) {

  private static final double POWER = 0.8;
  private static final NormalDistribution NORMAL = new NormalDistribution();

  /// The smallest difference that a two-sided test detects with 80 % power, as a share.
  public double detectable() {
    return (z(1 - alpha / 2) + z(POWER)) * error();
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
    return Math.ceil(ratio * ratio * discordance * designEffect);
  }

  /// The design effect of m questions per image whose differences are correlated: 1 + (m − 1) ·
  /// rho.
  ///
  /// @param correlation rho, in [0, 1]
  public static double designEffect(double questionsPerImage, double correlation) {
    return 1 + (Math.max(1, questionsPerImage) - 1) * correlation;
  }

  private double error() {
    return Math.sqrt(discordance * designEffect / n);
  }

  private static double z(double p) {
    return NORMAL.inverseCumulativeProbability(p);
  }
}
