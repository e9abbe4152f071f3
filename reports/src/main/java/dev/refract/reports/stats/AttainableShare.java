package dev.refract.reports.stats;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.math3.distribution.TDistribution;

/// Where a score stands between a floor and a ceiling on the same questions: Σ (score − floor) / Σ
/// (ceiling − floor), 0 at the floor and 1 at the ceiling.
///
/// It is a ratio of two sums over images, so that its error is that of a ratio estimator (Cochran
/// 1977, section 6.4): SE = sqrt(C/(C−1) · Σ over images of (eᵢ)²) / Σ (ceiling − floor), with eᵢ
/// the image's numerator less the share times its denominator; Student's t with C − 1 degrees of
/// freedom for C images.
///
/// @param value may lie outside of [0, 1]
/// @param low lower end of the 95 % interval
/// @param high upper end of the 95 % interval
public record AttainableShare(double value, double low, double high) {

  private static final double CONFIDENCE = 0.95;

  /// The interval is only valid where the denominator is far from zero; at five of its errors its
  /// coverage is that of its level ({@code AttainableShareTest}).
  private static final double LEAST_DISTANCE = 5;

  /// One question.
  ///
  /// @param cluster its images
  public record Observation(String cluster, double score, double floor, double ceiling) {}

  private record Sums(double above, double room) {

    Sums plus(Sums other) {
      return new Sums(above + other.above, room + other.room);
    }
  }

  /// Empty where the ceiling is not clearly above the floor: then there is nothing to attain.
  public static Optional<AttainableShare> of(Collection<Observation> questions) {
    Map<String, Sums> images = new HashMap<>();
    for (Observation q : questions) {
      images.merge(
          q.cluster, new Sums(q.score - q.floor, q.ceiling - q.floor), (a, b) -> a.plus(b));
    }
    int count = images.size();
    Sums all = images.values().stream().reduce(new Sums(0, 0), Sums::plus);
    double correction = count < 2 ? Double.NaN : (double) count / (count - 1);
    double roomError =
        Math.sqrt(
            correction
                * images.values().stream()
                    .mapToDouble(image -> Math.pow(image.room - all.room / count, 2))
                    .sum());
    if (!(all.room > LEAST_DISTANCE * roomError) || all.room <= 0) {
      return Optional.empty();
    }
    double share = all.above / all.room;
    double error =
        Math.sqrt(
                correction
                    * images.values().stream()
                        .mapToDouble(image -> Math.pow(image.above - share * image.room, 2))
                        .sum())
            / all.room;
    double reach =
        new TDistribution(count - 1).inverseCumulativeProbability((1 + CONFIDENCE) / 2) * error;
    return Optional.of(new AttainableShare(share, share - reach, share + reach));
  }
}
