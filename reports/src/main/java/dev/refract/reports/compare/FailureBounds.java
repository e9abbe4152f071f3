package dev.refract.reports.compare;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/// How far failed answers can move a difference. They count as wrong, which is not what the model
/// would have said: the bounds are the differences if those of one run had all been right and those
/// of the other all wrong.
///
/// @param failedA share of answers of the baseline that failed
/// @param failedB share of answers of the candidate that failed
/// @param low the difference with the baseline's failures right
/// @param high the difference with the candidate's failures right
public record FailureBounds(double failedA, double failedB, double low, double high) {

  /// The bounds of each group of questions; no entry where nothing failed.
  public static Map<String, FailureBounds> of(Join join, Function<Join.Match, String> name) {
    Map<String, double[]> sums = new LinkedHashMap<>();
    for (Join.Match match : join.matched()) {
      double[] sum = sums.computeIfAbsent(name.apply(match), _ -> new double[4]);
      sum[0]++;
      sum[1] += match.gain();
      sum[2] += match.a().failed();
      sum[3] += match.b().failed();
    }
    Map<String, FailureBounds> bounds = new LinkedHashMap<>();
    sums.forEach((group, sum) -> {
      if (sum[2] + sum[3] > 0) {
        double n = sum[0];
        bounds.put(
            group,
            new FailureBounds(
                sum[2] / n, sum[3] / n, (sum[1] - sum[2]) / n, (sum[1] + sum[3]) / n));
      }
    });
    return bounds;
  }

  /// Such as `0.4 % of A and 0.0 % of B failed; if all of these were right or all wrong, the
  /// difference would be between +1.2 and +1.6 points`.
  public String words(String baseline, String candidate) {
    return "%.1f %% of the answers of %s and %.1f %% of %s failed and count as wrong; had they all been right, the difference could be anything from %+.1f to %+.1f points"
        .formatted(100 * failedA, baseline, 100 * failedB, candidate, 100 * low, 100 * high);
  }
}
