package dev.refract.reports.compare;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.stats.Difference;
import dev.refract.reports.stats.PairedDifference;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A candidate compared to a baseline.
///
/// @param baseline name of run A
/// @param candidate name of run B
/// @param meant differences that were accepted
/// @param remarks differences that need no permission
/// @param unmatched number of questions that only one run has, or whose content differs
/// @param rows one for each benchmark, then the suite where there are several
/// @param categories one for each group of questions: exploratory
/// @param throughput ratio of captions per second, or why it cannot be compared
/// @param flips the questions that changed most
public record Comparison(
    String baseline,
    String candidate,
    List<Mismatch> meant,
    List<String> remarks,
    int unmatched,
    List<Row> rows,
    List<Row> categories,
    Throughput throughput,
    List<Flip> flips) {

  /// The name of the row over all benchmarks.
  public static final String SUITE = "suite (macro mean)";

  /// A difference of means, candidate minus baseline, as shares.
  ///
  /// @param low lower end of the 95 % interval, in [−1, 1]; NaN below two images; the same for high
  /// @param naiveError standard error for independent questions; NaN for the suite
  /// @param standardError clustered by image
  /// @param degrees of freedom of Student's t
  public record PairedEstimate(
      double delta,
      double low,
      double high,
      double naiveError,
      double standardError,
      double degrees) {}

  /// @param accuracyA of the baseline, as a share
  /// @param accuracyB of the candidate, as a share
  /// @param p of the image-level sign-flip test
  /// @param adjusted p adjusted for several candidates (Holm) or categories (Benjamini-Hochberg)
  /// @param better questions on which the candidate scores more
  /// @param detectable the smallest difference that this number of questions detects with 80 %
  ///   power
  /// @param failures how far failed answers can move the difference; null where none failed
  public record Row(
      String name,
      int n,
      int images,
      double accuracyA,
      double accuracyB,
      @JsonUnwrapped PairedEstimate difference,
      double p,
      double adjusted,
      int better,
      int worse,
      double detectable,
      @Nullable FailureBounds failures) {

    public double delta() {
      return difference.delta;
    }

    public double low() {
      return difference.low;
    }

    public double high() {
      return difference.high;
    }

    /// Whether this number of images can prove anything and some score changed; otherwise an
    /// interval is meaningless.
    @JsonIgnore
    public boolean isTelling() {
      return better + worse > 0 && !Double.isNaN(detectable);
    }

    /// @param adjustedP p adjusted for the other tests of its family
    public Row adjusted(double adjustedP) {
      return new Row(
          name,
          n,
          images,
          accuracyA,
          accuracyB,
          difference,
          p,
          adjustedP,
          better,
          worse,
          detectable,
          failures);
    }

    Row with(@Nullable FailureBounds bounds) {
      return new Row(
          name,
          n,
          images,
          accuracyA,
          accuracyB,
          difference,
          p,
          adjusted,
          better,
          worse,
          detectable,
          bounds);
    }

    static Row of(
        String name,
        PairedDifference paired,
        Difference difference,
        double p,
        double level,
        double detectable) {
      return new Row(
          name,
          paired.n(),
          paired.images(),
          paired.meanA(),
          paired.meanB(),
          new PairedEstimate(
              difference.delta(),
              Math.clamp(difference.low(level), -1, 1),
              Math.clamp(difference.high(level), -1, 1),
              paired.naiveError(),
              difference.standardError(),
              difference.degrees()),
          p,
          p,
          paired.better(),
          paired.worse(),
          detectable,
          null);
    }

    /// The verdict, in words.
    ///
    /// @param alpha such as 0.05
    public String verdict(String candidate, double alpha) {
      if (better + worse == 0) {
        return "no difference: none of %s scores changed".formatted(count(n));
      }
      String change =
          "%.1f points [%.1f, %.1f]; %s of %s scores changed"
              .formatted(
                  Math.abs(100 * difference.delta),
                  difference.delta < 0 ? -100 * difference.high : 100 * difference.low,
                  difference.delta < 0 ? -100 * difference.low : 100 * difference.high,
                  count(better + worse),
                  count(n));
      if (!isTelling()) {
        return "%d images are too few for a proof; %+.1f points, %s of %s scores changed"
            .formatted(images, 100 * difference.delta, count(better + worse), count(n));
      } else if (adjusted < alpha && difference.delta != 0) {
        return "%s is %s by %s"
            .formatted(candidate, difference.delta > 0 ? "better" : "worse", change);
      }
      return "no difference proven: %s%s"
          .formatted(
              difference.delta == 0 ? "" : difference.delta > 0 ? "better by " : "worse by ",
              change);
    }

    private static String count(int number) {
      return String.format(Locale.ROOT, "%,d", number);
    }
  }

  /// @param ratio B over A with its 95 % interval; null when it is unknown
  /// @param note why it is unknown, or its limitations
  public record Throughput(@Nullable Ratio ratio, String note) {}

  /// @param ratio captions per second of B over those of A
  public record Ratio(double ratio, double low, double high, double logError, double degrees) {}

  /// A question whose score changed.
  ///
  /// @param images the images of the question
  /// @param answersA parsed answers of A, from the trials that count
  /// @param caption the changes in the captions of its images
  public record Flip(
      String dataset,
      String questionId,
      String question,
      List<ItemResult.Image> images,
      List<String> golds,
      double scoreA,
      double scoreB,
      List<String> answersA,
      List<String> answersB,
      List<WordDiff.Segment> caption) {}
}
