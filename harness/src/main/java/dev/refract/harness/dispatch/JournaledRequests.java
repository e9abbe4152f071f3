package dev.refract.harness.dispatch;

import dev.refract.harness.journal.Journal;
import dev.refract.harness.llm.ChatReply;
import dev.refract.harness.llm.StoppedException;
import dev.refract.reports.result.AnswerRecord;

/// Sends the requests whose replies are not in the journal yet, and journals the replies.
///
/// @param watch notified of every outcome
public record JournaledRequests(
    Journal<AnswerRecord> replies, Progress progress, StageWatch watch) {

  /// @param fingerprint of the reply
  /// @param caption fingerprint of the first caption used for the answer; empty for none
  public void ask(
      String fingerprint,
      String dataset,
      String question,
      String caption,
      TimedCall.Request<ChatReply> request)
      throws InterruptedException {
    boolean fresh = !replies.has(fingerprint);
    boolean failed = false;
    if (fresh) {
      AnswerRecord record;
      try {
        record = TimedCall.of(request).record(fingerprint, dataset, question, caption);
      } catch (StoppedException _) {
        return;
      }
      replies.append(record);
      watch.record(record);
      failed = record.failure() != null;
    }
    progress.answered(fresh, failed);
  }
}
