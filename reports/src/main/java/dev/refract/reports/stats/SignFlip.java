package dev.refract.reports.stats;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// The sign-flip test: if A and B were alike, each image's difference would be equally likely to
/// have the opposite sign.
///
/// p = (1 + #{|Σ ±s| ≥ |Σ s|}) / (resamples + 1), two-sided (Phipson and Smyth 2010), which is
/// exact for images whose differences are symmetric under the null. The same seed gives the same p
/// for any number of threads: resamples are drawn in blocks, each with its own generator.
public final class SignFlip {

  /// The number that published figures use.
  public static final int RESAMPLES = 10_000;

  private static final int BLOCK_RESAMPLES = 125;

  /// Sums that differ only by rounding count as equal.
  private static final double ROUNDING = 1e-9;

  private SignFlip() {}

  /// Whether this number of images can prove anything: p is never below 2 / 2^images.
  public static boolean canProve(int images, double alpha) {
    return Math.scalb(2.0, -images) < alpha;
  }

  /// @param sums of the differences on each image
  /// @param resamples at least 1
  /// @return in (0, 1]; 1 when no image differs
  public static double p(double[] sums, int resamples, long seed) {
    double[] moved = Arrays.stream(sums).filter(sum -> sum != 0).toArray();
    double observed = Math.abs(Arrays.stream(moved).sum());
    double scale = Arrays.stream(moved).map(Math::abs).sum();
    double threshold = observed - ROUNDING * scale;
    int blocks = (resamples + BLOCK_RESAMPLES - 1) / BLOCK_RESAMPLES;
    int reached =
        IntStream.range(0, blocks)
            .parallel()
            .map(block -> {
              int from = block * BLOCK_RESAMPLES;
              int count = Math.min(resamples, from + BLOCK_RESAMPLES) - from;
              return reached(moved, threshold, count, new SplittableRandom(mixed(seed, block)));
            })
            .sum();
    return (1.0 + reached) / (resamples + 1.0);
  }

  private static int reached(double[] sums, double threshold, int count, SplittableRandom random) {
    int reached = 0;
    for (int resample = 0; resample < count; resample++) {
      double even = 0;
      double odd = 0; // two sums, so that the additions do not wait for each other
      int i = 0;
      while (i < sums.length) {
        long signs = random.nextLong();
        int end = Math.min(sums.length, i + Long.SIZE);
        for (; i + 1 < end; i += 2) {
          even += flipped(sums[i], signs);
          odd += flipped(sums[i + 1], signs >>> 1);
          signs >>>= 2;
        }
        if (i < end) {
          even += flipped(sums[i], signs);
          i++;
        }
      }
      reached += Math.abs(even + odd) >= threshold ? 1 : 0;
    }
    return reached;
  }

  /// The value with its sign flipped where the lowest bit is set.
  private static double flipped(double value, long bit) {
    return Double.longBitsToDouble(Double.doubleToRawLongBits(value) ^ (bit << 63));
  }

  private static long mixed(long seed, int block) {
    return new SplittableRandom(seed + 0x9E3779B97F4A7C15L * (block + 1)).nextLong();
  }
}
