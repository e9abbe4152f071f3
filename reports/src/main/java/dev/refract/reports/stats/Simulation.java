package dev.refract.reports.stats;

import dev.refract.reports.stats.PairedDifference.Pair;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/// Two captioners on simulated images, to measure how often tests are wrong. On each image both
/// share its difficulty, and each has its own luck, which all questions on the image share, like a
/// good or a bad caption.
///
/// @param images of each run
/// @param questions of each image
/// @param shift of the candidate's ability, in standard deviations; 0 is the null
/// @param runs number of simulated pairs of runs
public record Simulation(int images, int questions, double shift, int runs, long seed) {

  private static final double CAPTION_LUCK = 0.7;

  public static Simulation of(int images, int questions, double shift, int runs, long seed) {
    return new Simulation(images, questions, shift, runs, seed);
  }

  /// How often each event occurred, as a share of the runs.
  ///
  /// @param signFlip the sign-flip test rejected equality
  /// @param mcNemar plain McNemar's test rejected equality
  /// @param outside the interval did not contain the true difference; meaningful only where the
  ///   shift is 0
  /// @param regression a gate reported a regression
  /// @param pass a gate passed the candidate
  public record Rates(
      double signFlip, double mcNemar, double outside, double regression, double pass) {}

  /// @param margin of the gate, as a share
  /// @param resamples of the sign-flip test
  public Rates rates(double alpha, double margin, int resamples) {
    int[] counts = new int[5];
    IntStream.range(0, runs)
        .parallel()
        .mapToObj(run -> said(run, alpha, margin, resamples))
        .toList()
        .forEach(said -> {
          for (int i = 0; i < counts.length; i++) {
            counts[i] += said[i] ? 1 : 0;
          }
        });
    return new Rates(
        share(counts[0]), share(counts[1]), share(counts[2]), share(counts[3]), share(counts[4]));
  }

  private double share(int count) {
    return (double) count / runs;
  }

  private boolean[] said(int run, double alpha, double margin, int resamples) {
    PairedDifference paired = PairedDifference.of(pairs(new Random(seed * 1_000_003 + run)));
    Difference difference = paired.difference();
    boolean pass = difference.lowerBound(alpha) > -margin;
    return new boolean[] {
      paired.signFlip(resamples, run) < alpha,
      McNemar.p(paired.better(), paired.worse()) < alpha,
      difference.low(1 - alpha) > 0 || difference.high(1 - alpha) < 0,
      !pass && difference.upperBound(alpha) < 0,
      pass
    };
  }

  private List<Pair> pairs(Random random) {
    List<Pair> pairs = new ArrayList<>();
    for (int image = 0; image < images; image++) {
      double ease = random.nextGaussian();
      double luckA = CAPTION_LUCK * random.nextGaussian();
      double luckB = CAPTION_LUCK * random.nextGaussian() + shift;
      for (int question = 0; question < questions; question++) {
        double hardness = random.nextGaussian();
        pairs.add(
            new Pair(
                String.valueOf(image),
                ease + luckA > hardness ? 1 : 0,
                ease + luckB > hardness ? 1 : 0));
      }
    }
    return pairs;
  }
}
