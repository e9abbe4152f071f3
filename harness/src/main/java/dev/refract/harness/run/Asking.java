package dev.refract.harness.run;

import dev.refract.harness.llm.ChatReply;
import dev.refract.harness.llm.StoppedException;
import dev.refract.reports.result.AnswerRecord;

/// Asks for a reply that the journal does not hold yet.
///
/// @param alarm that hears of every outcome
record Asking(Journal<AnswerRecord> replies, Progress progress, Alarm alarm) {

  /// @param fingerprint of the reply
  /// @param caption fingerprint of the first caption that is answered from; empty for none
  void ask(
      String fingerprint,
      String dataset,
      String question,
      String caption,
      Attempt.Request<ChatReply> request)
      throws InterruptedException {
    boolean fresh = !replies.has(fingerprint);
    boolean failed = false;
    if (fresh) {
      AnswerRecord record;
      try {
        record = Attempt.of(request).record(fingerprint, dataset, question, caption);
      } catch (StoppedException _) {
        return;
      }
      replies.append(record);
      alarm.heard(record.failure());
      failed = record.failure() != null;
    }
    progress.answered(fresh, failed);
  }
}
