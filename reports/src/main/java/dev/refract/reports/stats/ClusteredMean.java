package dev.refract.reports.stats;

import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/// The mean score with an interval that accounts for questions on one image sharing one caption.
///
/// With C images and n scores, SE = sqrt(C/(C-1) · Σ over images of (sum of deviations)²) / n and
/// the interval is Student's t with C-1 degrees of freedom (Liang and Zeger 1986; Miller 2024,
/// arXiv 2411.00640). Below {@value #MIN_CLUSTERS_FOR_T} images, or with a mean within {@value
/// #EDGE} of 0 or 1, the t interval is too short or leaves [0, 1]; Wilson's interval at the
/// effective size n · SE_naive² / SE_clustered², at most n, is used instead.
public final class ClusteredMean {

  private static final int MIN_CLUSTERS_FOR_T = 100;
  private static final double EDGE = 0.05;
  private static final double CONFIDENCE = 0.95;

  private ClusteredMean() {}

  /// A score in [0, 1] and its cluster.
  public record Observation(String cluster, double score) {}

  /// @throws IllegalArgumentException when there is nothing to average
  public static Estimate of(Collection<Observation> observations) {
    Map<String, Integer> numbers = new HashMap<>();
    int[] clusters = new int[observations.size()];
    double[] scores = new double[observations.size()];
    int i = 0;
    for (Observation o : observations) {
      clusters[i] = numbers.computeIfAbsent(o.cluster(), _ -> numbers.size());
      scores[i++] = o.score();
    }
    return of(clusters, scores, i);
  }

  /// The same for many scores, in arrays instead of objects.
  ///
  /// @param number cluster of each score, from 0
  /// @param n how many elements of both arrays are used
  /// @throws IllegalArgumentException when there is nothing to average
  public static Estimate of(int[] number, double[] scores, int n) {
    if (n == 0) {
      throw new IllegalArgumentException("no scores to average");
    }
    double mean = Arrays.stream(scores, 0, n).sum() / n;
    int most = Arrays.stream(number, 0, n).max().orElseThrow() + 1;
    double[] deviations = new double[most];
    boolean[] there = new boolean[most];
    double squares = 0;
    int clusters = 0;
    for (int i = 0; i < n; i++) {
      double deviation = scores[i] - mean;
      clusters += there[number[i]] ? 0 : 1;
      there[number[i]] = true;
      deviations[number[i]] += deviation;
      squares += deviation * deviation;
    }
    double se = clusteredError(deviations, clusters, n);
    double naive = n > 1 ? Math.sqrt(squares / (n - 1) / n) : Double.NaN;
    if (clusters >= MIN_CLUSTERS_FOR_T && mean > EDGE && mean < 1 - EDGE) {
      double reach =
          new TDistribution(clusters - 1).inverseCumulativeProbability((1 + CONFIDENCE) / 2) * se;
      return new Estimate(
          mean, se, Math.max(0, mean - reach), Math.min(1, mean + reach), n, clusters);
    }
    return wilson(mean, se, effectiveSize(n, clusters, naive, se), n, clusters);
  }

  /// The mean of independent means with equal weights: SE = sqrt(Σ SE²) / k. Its interval is
  /// combined from the intervals of the parts (MOVER, Zou and Donner 2008): low = mean − sqrt(Σ
  /// (meanᵢ − lowᵢ)²) / k, and high in the same way, so that it remains valid where all scores of a
  /// part are equal.
  public static Estimate macro(List<Estimate> parts) {
    int k = parts.size();
    double mean = parts.stream().mapToDouble(Estimate::mean).average().orElseThrow();
    return new Estimate(
        mean,
        root(parts, Estimate::standardError) / k,
        mean - root(parts, p -> p.mean() - p.low()) / k,
        mean + root(parts, p -> p.high() - p.mean()) / k,
        parts.stream().mapToInt(Estimate::n).sum(),
        parts.stream().mapToInt(Estimate::clusters).sum());
  }

  private static double root(List<Estimate> parts, ToDoubleFunction<Estimate> length) {
    return Math.sqrt(parts.stream().mapToDouble(length).map(value -> value * value).sum());
  }

  /// @param sums sum of the deviations of each cluster; 0 for unused cluster numbers
  private static double clusteredError(double[] sums, int clusters, int n) {
    if (clusters < 2) {
      return Double.NaN;
    }
    double squares = Arrays.stream(sums).map(sum -> sum * sum).sum();
    return Math.sqrt((double) clusters / (clusters - 1) * squares) / n;
  }

  /// The number of independent questions that the scores are worth; 1 for a single image, whose
  /// error is unknown.
  private static double effectiveSize(int n, int clusters, double naive, double se) {
    if (clusters < 2) {
      return 1;
    }
    if (!(se > 0)) {
      return clusters; // all scores are equal and their spread is unknown, so count images
    }
    return Math.min(n, n * (naive * naive) / (se * se));
  }

  private static Estimate wilson(double mean, double se, double size, int n, int clusters) {
    double z = new NormalDistribution().inverseCumulativeProbability((1 + CONFIDENCE) / 2);
    double centre = (mean + z * z / (2 * size)) / (1 + z * z / size);
    double reach =
        z / (1 + z * z / size) * Math.sqrt(mean * (1 - mean) / size + z * z / (4 * size * size));
    return new Estimate(
        mean,
        se,
        Math.clamp(centre - reach, 0, mean),
        Math.clamp(centre + reach, mean, 1),
        n,
        clusters);
  }
}
