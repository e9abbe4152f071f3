package dev.refract.reports.tally;

import dev.refract.reports.stats.ClusteredMean;
import dev.refract.reports.stats.Estimate;
import java.util.Arrays;

/// Scores of questions with their clusters, in arrays of numbers, since there may be millions.
public final class Means {

  private final Clusters clusters;
  private int[] numbers = new int[16];
  private double[] scores = new double[16];
  private int size;

  Means(Clusters clusters) {
    this.clusters = clusters;
  }

  /// Adds the score of the current question.
  void add(double score) {
    if (size == scores.length) {
      numbers = Arrays.copyOf(numbers, 2 * size);
      scores = Arrays.copyOf(scores, 2 * size);
    }
    numbers[size] = clusters.current();
    scores[size++] = score;
  }

  int size() {
    return size;
  }

  double mean() {
    return Arrays.stream(scores, 0, size).average().orElse(0);
  }

  Estimate estimate() {
    return ClusteredMean.of(numbers, scores, size);
  }
}
