package dev.refract.reports.result;

import org.jspecify.annotations.Nullable;

/// A record of a journal: identified by its fingerprint, and either successful or failed.
public interface JournalRecord {

  String fingerprint();

  @Nullable Failure failure();

  /// The outcome that follows from this record's failure.
  ///
  /// @param stage that failed
  default Outcome.Failed failedOutcome(FailedStage stage) {
    Failure failure = failure();
    return failure == null
        ? new Outcome.Failed(stage, FailureKind.UNKNOWN, "no reason was recorded")
        : new Outcome.Failed(stage, failure.kind(), failure.message());
  }
}
