package dev.refract.harness.run;

import dev.refract.harness.answer.AnswerPrompt;
import dev.refract.harness.answer.Answerer;
import dev.refract.harness.llm.ChatReply;
import dev.refract.reports.result.AnswerRecord;

/// Asks an answerer what the journal does not hold yet.
record Asking(Answerer answerer, Journal<AnswerRecord> answers, Progress progress) {

  /// @param fingerprint of the reply
  /// @param caption fingerprint of the first caption that it is answered from
  void ask(String fingerprint, AnswerPrompt prompt, String dataset, String question, String caption)
      throws InterruptedException {
    if (answers.landed(fingerprint).isPresent()) {
      progress.answered(false, false);
      return;
    }
    Attempt<ChatReply> attempt = Attempt.of(() -> answerer.answer(prompt));
    ChatReply reply = attempt.value();
    answers.append(
        new AnswerRecord(
            fingerprint,
            dataset,
            question,
            caption,
            reply == null ? null : reply.text(),
            reply == null ? null : reply.finishReason(),
            attempt.failure(),
            attempt.startedMillis(),
            attempt.seconds()));
    progress.answered(true, reply == null);
  }

  /// A question that cannot be asked, for want of a caption.
  void pass() {
    progress.answered(false, true);
  }
}
