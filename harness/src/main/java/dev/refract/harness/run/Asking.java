package dev.refract.harness.run;

import dev.refract.harness.llm.ChatReply;
import dev.refract.reports.result.AnswerRecord;

/// Asks for a reply that the journal does not hold yet.
record Asking(Journal<AnswerRecord> replies, Progress progress) {

  /// @param fingerprint of the reply
  /// @param caption fingerprint of the first caption that is answered from; empty for none
  void ask(
      String fingerprint,
      String dataset,
      String question,
      String caption,
      Attempt.Request<ChatReply> request)
      throws InterruptedException {
    boolean fresh = replies.landed(fingerprint).isEmpty();
    boolean failed = false;
    if (fresh) {
      AnswerRecord record = Attempt.of(request).record(fingerprint, dataset, question, caption);
      replies.append(record);
      failed = record.failure() != null;
    }
    progress.answered(fresh, failed);
  }
}
