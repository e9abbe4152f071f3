package dev.refract.reports.result;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.refract.reports.stats.Estimate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The figures of a run: the content of `summary.json`.
///
/// @param overall macro mean over the datasets
/// @param letters how often each letter was chosen and was right, as options were shown; empty
///   without choices
/// @param budgets accuracy by length of the caption, from the shortest to the whole; empty where
///   none was cut
/// @param timing the only part that differs between two runs of the same inputs
public record Summary(
    Overall overall,
    List<Group> datasets,
    List<Group> groups,
    Map<String, Letter> letters,
    List<Budget> budgets,
    CaptionHealth health,
    Timing timing) {

  /// @param planned questions asked for
  /// @param answers times that they were asked; equals scored + unparsed + abstained + unsupported
  ///   + failed
  /// @param accuracy mean over questions of the mean over their answers; failures counted wrong
  /// @param withoutFailures the same over the answers that did not fail; equals the accuracy when
  ///   none failed
  /// @param best mean over questions of the best of their captions, an oracle; null with one
  ///   caption
  /// @param circular share of choice questions that were right in every rotation; null without
  ///   rotations
  /// @param repeats accuracy of each repeat; empty without repeats
  /// @param judged what a judge says, never part of the accuracy; null without a judge
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

  /// What became of answers.
  ///
  /// @param right answers worth 1
  public record OutcomeCounts(
      int right, int unparsed, int abstained, int unsupported, int failed) {}

  /// @param n judged answers to free questions
  /// @param unparsed judgements that were neither right nor wrong; they count as 0
  /// @param failed judgements that did not come; they count as 0
  public record Judged(int n, int unparsed, int failed, Estimate score) {}

  /// @param ungraded questions whose golds the benchmark keeps secret; they count nowhere else
  /// @param ungradedFailed how many of these failed
  /// @param accuracy mean over datasets of their accuracies, equal weights; likewise best, circular
  ///   and judged over the datasets that have them
  /// @param judgedFailed judgements that did not come
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

    /// Answers and verdicts that did not come, of graded and ungraded questions.
    public int missing() {
      return outcomes.failed() + ungradedFailed + judgedFailed;
    }
  }

  /// @param chosen how often the answerer chose it
  /// @param gold how often it was right
  public record Letter(int chosen, int gold) {}

  /// @param pieces to which captions were cut, or 0 for whole captions
  /// @param accuracy macro mean over the datasets, of questions asked once and unrotated
  public record Budget(int pieces, Estimate accuracy) {}

  /// @param captions captions made by this run, failures and those of an earlier run left out
  /// @param captionSeconds wall time during which at least one caption was being made
  /// @param captionsPerSecond captions / captionSeconds, or 0 when nothing was timed
  /// @param answers answers made by this run, failures left out
  /// @param answerSeconds wall time during which at least one answer was being made
  /// @param captioning how fast, in detail; null where nothing was timed; likewise answering
  /// @param hardware what captions cost the machines that told; null where none did
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
