package dev.refract.reports.result;

import dev.refract.reports.stats.Estimate;
import java.util.List;

/// The figures of a run: the content of `summary.json`.
///
/// @param overall macro mean over the datasets
/// @param timing the only part that differs between two runs of the same inputs
public record Summary(Overall overall, List<Group> datasets, List<Group> groups, Timing timing) {

  /// @param planned questions asked for; equals scored + unparsed + abstained + failed
  /// @param accuracy failures counted wrong
  /// @param withoutFailures mean score over the questions that did not fail; equals the accuracy
  ///   when none failed
  public record Group(
      String name,
      int images,
      int planned,
      int scored,
      int unparsed,
      int abstained,
      int failed,
      Estimate accuracy,
      double withoutFailures) {}

  /// @param ungraded questions whose golds the benchmark keeps secret; they count nowhere else
  /// @param ungradedFailed how many of these failed
  /// @param accuracy mean over datasets of their accuracies, equal weights
  public record Overall(
      int images,
      int planned,
      int unparsed,
      int abstained,
      int failed,
      int ungraded,
      int ungradedFailed,
      Estimate accuracy) {}

  /// @param captions captions made by this run, failures left out
  /// @param captionSeconds wall time during which at least one caption was being made
  /// @param captionsPerSecond captions / captionSeconds, or 0 when nothing was timed
  /// @param answers answers made by this run, failures left out
  /// @param answerSeconds wall time during which at least one answer was being made
  public record Timing(
      int captions,
      double captionSeconds,
      double captionsPerSecond,
      int answers,
      double answerSeconds) {}
}
