package dev.refract.reports.stats;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.commons.math3.distribution.TDistribution;

/// How much faster one run captions than another, from the instants at which captions arrived.
///
/// Each run's captions are divided, in the order of their arrival, into {@value #BATCHES} batches
/// of equal count, of which the first is warm-up. The logarithms of the other batches' rates are
/// batch means, compared by Welch's interval. The ratio itself is computed from sums over wall
/// time, never from a mean of rates.
///
/// @param ratio captions per second of B over those of A
/// @param low of the 95 % interval
/// @param high of the 95 % interval
/// @param logError standard error of the logarithm
/// @param degrees of freedom
public record ThroughputRatio(
    double ratio, double low, double high, double logError, double degrees) {

  /// Number of batches into which a run's captions are divided.
  public static final int BATCHES = 11;

  private static final int MIN_CAPTIONS = 5 * BATCHES;
  private static final double CONFIDENCE = 0.95;

  /// Whether this number of captions can be compared.
  public static boolean isEnough(int captions) {
    return captions >= MIN_CAPTIONS;
  }

  /// @param a instants in seconds at which captions of A arrived, at least {@value #BATCHES} · 5
  /// @param b the same for B
  /// @throws IllegalArgumentException when there are too few
  public static ThroughputRatio of(List<Double> a, List<Double> b) {
    List<Double> ratesA = logRates(a);
    List<Double> ratesB = logRates(b);
    double variance = variance(ratesA) / ratesA.size() + variance(ratesB) / ratesB.size();
    double error = Math.sqrt(variance);
    double degrees = welch(ratesA, ratesB, variance);
    double log = Math.log(rate(b) / rate(a));
    double reach =
        error == 0
            ? 0
            : new TDistribution(degrees).inverseCumulativeProbability((1 + CONFIDENCE) / 2) * error;
    return new ThroughputRatio(
        Math.exp(log), Math.exp(log - reach), Math.exp(log + reach), error, degrees);
  }

  /// One-sided: the true ratio is below it with probability `alpha`.
  public double lowerBound(double alpha) {
    return Math.exp(Math.log(ratio) - reach(alpha));
  }

  /// One-sided: the true ratio is above it with probability `alpha`.
  public double upperBound(double alpha) {
    return Math.exp(Math.log(ratio) + reach(alpha));
  }

  private double reach(double alpha) {
    return logError == 0
        ? 0
        : new TDistribution(degrees).inverseCumulativeProbability(1 - alpha) * logError;
  }

  private static List<Double> logRates(List<Double> completions) {
    List<Double> sorted = sorted(completions);
    int size = sorted.size() / BATCHES;
    List<Double> rates = new ArrayList<>();
    for (int batch = 1; batch < BATCHES; batch++) {
      double seconds = sorted.get((batch + 1) * size - 1) - sorted.get(batch * size - 1);
      rates.add(Math.log(size / Math.max(seconds, 1e-3)));
    }
    return rates;
  }

  /// Captions per second after the warm-up.
  private static double rate(List<Double> completions) {
    List<Double> sorted = sorted(completions);
    int size = sorted.size() / BATCHES;
    double seconds = sorted.get(BATCHES * size - 1) - sorted.get(size - 1);
    return (BATCHES - 1) * size / Math.max(seconds, 1e-3);
  }

  private static List<Double> sorted(List<Double> completions) {
    if (!isEnough(completions.size())) {
      throw new IllegalArgumentException(
          "expected at least %d captions, found %d".formatted(MIN_CAPTIONS, completions.size()));
    }
    return completions.stream().sorted(Comparator.naturalOrder()).toList();
  }

  private static double variance(List<Double> values) {
    double mean = values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    return values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum() / (values.size() - 1);
  }

  private static double welch(List<Double> a, List<Double> b, double variance) {
    double partA = variance(a) / a.size();
    double partB = variance(b) / b.size();
    double denominator = partA * partA / (a.size() - 1) + partB * partB / (b.size() - 1);
    return denominator == 0 ? a.size() + b.size() - 2 : variance * variance / denominator;
  }
}
