package dev.refract.reports.stats;

import java.util.Comparator;
import java.util.stream.IntStream;

/// Adjusted p-values for several tests at once.
public final class Multiplicity {

  private Multiplicity() {}

  /// Holm 1979: the probability of any false discovery stays below alpha, however the tests depend
  /// on each other.
  ///
  /// @return adjusted p-values in the order of `p`, at most 1
  public static double[] holm(double[] p) {
    int[] order = ascending(p);
    double[] adjusted = new double[p.length];
    double largest = 0;
    for (int rank = 0; rank < p.length; rank++) {
      largest = Math.max(largest, Math.min(1, (p.length - rank) * p[order[rank]]));
      adjusted[order[rank]] = largest;
    }
    return adjusted;
  }

  /// Benjamini and Hochberg 1995: the expected share of false discoveries stays below alpha. For
  /// exploration.
  ///
  /// @return adjusted p-values in the order of `p`, at most 1
  public static double[] benjaminiHochberg(double[] p) {
    int[] order = ascending(p);
    double[] adjusted = new double[p.length];
    double smallest = 1;
    for (int rank = p.length - 1; rank >= 0; rank--) {
      smallest = Math.min(smallest, p[order[rank]] * p.length / (rank + 1));
      adjusted[order[rank]] = smallest;
    }
    return adjusted;
  }

  private static int[] ascending(double[] p) {
    return IntStream.range(0, p.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> p[i]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
