package dev.refract.reports.result;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.refract.reports.stats.Estimate;
import dev.refract.reports.telemetry.Hardware;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The figures of a run: the content of `summary.json`.
///
/// @param overall macro mean over the datasets
/// @param letters how often each letter was chosen and was right, in the order shown; empty without
///   choices
/// @param budgets accuracy by caption length, from the shortest to the whole caption; empty where
///   none was cut
/// @param answerEnds how many answers were truncated, are empty, or were filtered
/// @param timing the only part that differs between two runs of the same inputs
public record Summary(
    Overall overall,
    List<Group> datasets,
    List<Group> groups,
    Map<String, Letter> letters,
    List<Budget> budgets,
    CaptionHealth health,
    ReplyEnds answerEnds,
    Timing timing) {

  /// @param planned number of questions
  /// @param answers number of trials; equals scored + unparsed + abstained + unsupported + failed
  /// @param accuracy mean over questions of the mean over their answers; failures count as wrong
  /// @param withoutFailures the same over the answers that did not fail; equals the accuracy when
  ///   none failed
  /// @param best mean over questions of the score on the best of their captions, an oracle; null
  ///   with one caption
  /// @param circular share of choice questions that were right in every rotation; null without
  ///   rotations
  /// @param repeats accuracy of each repeat; empty without repeats
  /// @param judged the judge's verdicts, never part of the accuracy; null without a judge
  public record Group(
      String name,
      int images,
      int planned,
      int answers,
      int scored,
      @JsonUnwrapped OutcomeCounts outcomes,
      Estimate accuracy,
      double withoutFailures,
      @Nullable Double best,
      @Nullable Double circular,
      List<Double> repeats,
      @Nullable Judged judged) {}

  /// Counts of outcomes.
  ///
  /// @param right answers with score 1
  public record OutcomeCounts(
      int right, int unparsed, int abstained, int unsupported, int failed) {}

  /// @param n judged answers to free questions
  /// @param unparsed judgements that are neither right nor wrong; they count as 0
  /// @param failed judgements without a reply; they count as 0
  public record Judged(int n, int unparsed, int failed, Estimate score) {}

  /// @param ungraded questions whose golds the benchmark keeps secret; no other count includes them
  /// @param ungradedFailed number of these that failed
  /// @param accuracy mean over datasets of their accuracies, with equal weights; best, circular and
  ///   judged are means over the datasets that have them
  /// @param judgedFailed judgements without a reply
  public record Overall(
      int images,
      int planned,
      int answers,
      @JsonUnwrapped OutcomeCounts outcomes,
      int ungraded,
      int ungradedFailed,
      Estimate accuracy,
      @Nullable Double best,
      @Nullable Double circular,
      @Nullable Double judged,
      int judgedFailed) {

    /// Number of missing answers and judgements, of graded and ungraded questions.
    public int missing() {
      return outcomes.failed() + ungradedFailed + judgedFailed;
    }
  }

  /// @param chosen how often the answerer chose it
  /// @param gold how often it was the right one
  public record Letter(int chosen, int gold) {}

  /// @param pieces length to which captions were cut, or 0 for whole captions
  /// @param accuracy macro mean over the datasets, from unrotated trials without repeats
  public record Budget(int pieces, Estimate accuracy) {}

  /// @param captions number of captions made by this run, without failures and reused captions
  /// @param captionSeconds wall time during which at least one caption was in progress
  /// @param captionsPerSecond captions / captionSeconds, or 0 when nothing was timed
  /// @param answers number of answers made by this run, without failures
  /// @param answerSeconds wall time during which at least one answer was in progress
  /// @param captioning detailed speed of captioning; null where nothing was timed
  /// @param answering detailed speed of answering; null where nothing was timed
  /// @param hardware hardware use of the caption stage; null without telemetry
  public record Timing(
      int captions,
      double captionSeconds,
      double captionsPerSecond,
      int answers,
      double answerSeconds,
      @Nullable Meter captioning,
      @Nullable Meter answering,
      @Nullable Hardware hardware) {}
}
