package dev.refract.reports.stats;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The difference between two runs on the same questions, with an error that accounts for questions
/// on one image sharing one caption.
///
/// With d = score of B − score of A for each of n questions on C images, SE = sqrt(C/(C−1) · Σ over
/// images of (sum of deviations)²) / n, which is a cluster-robust error with no further correction
/// (Liang and Zeger 1986), and intervals are Student's t with C − 1 degrees of freedom (Miller
/// 2024, arXiv 2411.00640).
///
/// @param n questions
/// @param images clusters
/// @param meanA mean score of A, in [0, 1]
/// @param meanB mean score of B, in [0, 1]
/// @param delta mean of d, in [−1, 1]
/// @param naiveError standard error for independent questions; NaN below two questions
/// @param standardError clustered by image; NaN below two images
/// @param better questions on which B scores more
/// @param worse questions on which B scores less
/// @param imageSums sum of d on each image
public record PairedDifference(
    int n,
    int images,
    double meanA,
    double meanB,
    double delta,
    double naiveError,
    double standardError,
    int better,
    int worse,
    List<Double> imageSums) {

  /// The scores of one question, in [0, 1], and its image.
  public record Pair(String cluster, double a, double b) {}

  /// @throws IllegalArgumentException when there is nothing to compare
  public static PairedDifference of(Collection<Pair> pairs) {
    if (pairs.isEmpty()) {
      throw new IllegalArgumentException("no questions to compare");
    }
    int n = pairs.size();
    double meanA = pairs.stream().mapToDouble(Pair::a).sum() / n;
    double meanB = pairs.stream().mapToDouble(Pair::b).sum() / n;
    double delta = pairs.stream().mapToDouble(p -> p.b - p.a).sum() / n;
    Map<String, Double> deviations = new LinkedHashMap<>();
    Map<String, Double> sums = new LinkedHashMap<>();
    double squares = 0;
    int better = 0;
    int worse = 0;
    for (Pair pair : pairs) {
      double d = pair.b - pair.a;
      sums.merge(pair.cluster, d, Double::sum);
      deviations.merge(pair.cluster, d - delta, Double::sum);
      squares += (d - delta) * (d - delta);
      better += d > 0 ? 1 : 0;
      worse += d < 0 ? 1 : 0;
    }
    int images = deviations.size();
    double clustered = deviations.values().stream().mapToDouble(sum -> sum * sum).sum();
    return new PairedDifference(
        n,
        images,
        meanA,
        meanB,
        delta,
        n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1) / n),
        images < 2 ? Double.NaN : Math.sqrt((double) images / (images - 1) * clustered) / n,
        better,
        worse,
        List.copyOf(sums.values()));
  }

  /// The difference with its error; C − 1 degrees of freedom.
  public Difference difference() {
    return new Difference(delta, standardError, images - 1.0);
  }

  /// The contribution of each image to the mean of independent differences with equal weights.
  public static double[] macroSums(List<PairedDifference> parts) {
    return parts.stream()
        .flatMapToDouble(
            part -> part.imageSums.stream().mapToDouble(sum -> sum / part.n / parts.size()))
        .toArray();
  }

  /// The share of questions whose scores differ.
  public double discordance() {
    return (double) (better + worse) / n;
  }

  /// The variance over that of independent questions; 1 where it is unknown.
  public double designEffect() {
    double ratio = standardError / naiveError;
    return Double.isFinite(ratio) && ratio > 0 ? ratio * ratio : 1;
  }

  /// The image-level sign-flip p.
  public double signFlip(int resamples, long seed) {
    return SignFlip.p(
        imageSums.stream().mapToDouble(Double::doubleValue).toArray(), resamples, seed);
  }
}
