package dev.refract.reports.result;

import org.jspecify.annotations.Nullable;

/// A journalled record: found by its fingerprint, and either landed or failed.
public sealed interface JournalRecord permits CaptionRecord, AnswerRecord {

  String fingerprint();

  @Nullable Failure failure();

  /// The outcome of what this record failed to get.
  ///
  /// @param stage that failed
  default Outcome.Failed failedOutcome(FailedStage stage) {
    Failure failure = failure();
    return failure == null
        ? new Outcome.Failed(stage, FailureKind.UNKNOWN, "no reason was recorded")
        : new Outcome.Failed(stage, failure.kind(), failure.message());
  }
}
