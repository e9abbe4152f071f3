package dev.refract.reports.gate;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What a candidate must not lose, fixed before anyone sees the results.
///
/// @param alpha significance level of every test; 0.05 when null
/// @param inconclusive how an inconclusive check counts: `fail` (when null) or `pass`
/// @param defaults for every benchmark
/// @param benchmarks rules for single benchmarks, by id; omitted keys take the defaults
/// @param suite for the macro mean over the benchmarks; none when null
/// @param groups that must not drop, named as on pages: `chartqa: chart / human`; Holm-adjusted
/// @param throughput of captions; none when null
public record GatePolicy(
    @Nullable Double alpha,
    @Nullable OnInconclusive inconclusive,
    @Nullable Rules defaults,
    @Nullable Map<String, Rules> benchmarks,
    @Nullable Suite suite,
    @Nullable List<String> groups,
    @Nullable Throughput throughput) {

  private static final double DEFAULT_ALPHA = 0.05;

  /// How an inconclusive check counts.
  public enum OnInconclusive {
    FAIL,
    PASS
  }

  /// What one benchmark requires of a candidate; null is not checked.
  ///
  /// @param margin by which accuracy may drop, in points
  /// @param minQuestions with fewer, the benchmark is refused
  /// @param minImages with fewer, the benchmark is refused
  /// @param maxFailed share of answers without a reply, in percent; 1 when null
  /// @param maxUnparsed share of answers, in percent
  public record Rules(
      @Nullable Double margin,
      @Nullable Integer minQuestions,
      @Nullable Integer minImages,
      @Nullable Double maxFailed,
      @Nullable Double maxUnparsed) {

    static final Rules NONE = new Rules(null, null, null, null, null);

    public Rules {
      range("margin", margin, 0, 100);
      range("max_failed", maxFailed, 0, 100);
      range("max_unparsed", maxUnparsed, 0, 100);
      range("min_questions", minQuestions, 1, Integer.MAX_VALUE);
      range("min_images", minImages, 1, Integer.MAX_VALUE);
    }

    Rules or(Rules other) {
      return new Rules(
          margin != null ? margin : other.margin,
          minQuestions != null ? minQuestions : other.minQuestions,
          minImages != null ? minImages : other.minImages,
          maxFailed != null ? maxFailed : other.maxFailed,
          maxUnparsed != null ? maxUnparsed : other.maxUnparsed);
    }
  }

  /// What the whole run requires of a candidate; null is not checked.
  ///
  /// @param margin by which the macro mean may drop, in points
  /// @param maxTruncated share of captions that ended at the token limit, in percent
  /// @param maxCaptionWords mean length of captions
  /// @param maxEmpty share of captions without a word, in percent
  /// @param maxFiltered share of captions that were filtered or refused, in percent
  /// @param maxTruncatedAnswers share of answers that ended at the token limit, in percent
  public record Suite(
      @Nullable Double margin,
      @Nullable Double maxTruncated,
      @Nullable Double maxCaptionWords,
      @Nullable Double maxEmpty,
      @Nullable Double maxFiltered,
      @Nullable Double maxTruncatedAnswers) {

    public Suite {
      range("margin", margin, 0, 100);
      range("max_truncated", maxTruncated, 0, 100);
      range("max_caption_words", maxCaptionWords, 1, 1e9);
      range("max_empty", maxEmpty, 0, 100);
      range("max_filtered", maxFiltered, 0, 100);
      range("max_truncated_answers", maxTruncatedAnswers, 0, 100);
    }
  }

  /// @param minRatio least ratio of the candidate's captions per second to the baseline's, such as
  ///   0.95: a ratio proven below it is a regression, and only a ratio proven above it passes
  public record Throughput(Double minRatio) {

    public Throughput {
      if (minRatio == null) {
        throw new IllegalArgumentException("'min_ratio' is missing");
      }
      range("min_ratio", minRatio, 0.01, 100);
    }
  }

  public GatePolicy {
    if (groups != null && groups.stream().anyMatch(g -> g == null || g.isBlank())) {
      throw new IllegalArgumentException("'groups': an entry is empty");
    }
    if (alpha != null && !(alpha > 0 && alpha <= 0.5)) {
      throw new IllegalArgumentException("'alpha': expected above 0, at most 0.5, found " + alpha);
    }
    if (defaults == null
        && benchmarks == null
        && suite == null
        && groups == null
        && throughput == null) {
      throw new IllegalArgumentException(
          "'defaults' is missing: a policy without rules would pass everything");
    }
  }

  public double level() {
    return alpha == null ? DEFAULT_ALPHA : alpha;
  }

  public boolean failsInconclusive() {
    return inconclusive != OnInconclusive.PASS;
  }

  Rules rules(String benchmark) {
    Rules usual = defaults == null ? Rules.NONE : defaults;
    return benchmarks == null
        ? usual
        : Objects.requireNonNullElse(benchmarks.get(benchmark), Rules.NONE).or(usual);
  }

  private static void range(String key, @Nullable Number value, double least, double most) {
    if (value != null && !(value.doubleValue() >= least && value.doubleValue() <= most)) {
      throw new IllegalArgumentException(
          "'%s': expected %s to %s, found %s".formatted(key, plain(least), plain(most), value));
    }
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }
}
