package dev.refract.harness.run;

import dev.refract.harness.answer.AnswerPrompt;
import dev.refract.harness.answer.TextAnswerer;
import dev.refract.harness.dataset.Question;
import dev.refract.harness.dispatch.BoundedExecutor;
import dev.refract.harness.dispatch.JournaledRequests;
import dev.refract.harness.dispatch.Progress;
import dev.refract.harness.dispatch.RunContext;
import dev.refract.harness.dispatch.StageWatch;
import dev.refract.harness.journal.Journal;
import dev.refract.harness.plan.RunPlan;
import dev.refract.reports.result.AnswerRecord;
import java.util.List;
import java.util.Map;

/// Asks the answerer what the captioner must look at for each question, for protocols that pass
/// this on to the captioner.
record QueryStage(RunPlan plan, TextAnswerer answerer, Journal<AnswerRecord> queries) {

  /// Requests the replies that the journal does not contain yet, until it has all of them or the
  /// run is cancelled.
  void run(RunContext context, String name) throws InterruptedException {
    List<Map.Entry<String, Question>> questions = plan.questions().toList();
    try (Progress progress = context.progress(name + " (what to look at)", questions.size());
        BoundedExecutor executor =
            new BoundedExecutor(answerer.concurrency(), "query-", context.cancellation())) {
      JournaledRequests requests =
          new JournaledRequests(
              queries,
              progress,
              StageWatch.of(context, "answerer", answerer.server(), answerer.identity()));
      for (Map.Entry<String, Question> entry : questions) {
        String dataset = entry.getKey();
        Question question = entry.getValue();
        executor.submit(() -> {
          AnswerPrompt prompt = plan.query(question);
          requests.ask(
              plan.queryFingerprint(dataset, question),
              dataset,
              question.id(),
              "",
              () -> answerer.answer(prompt, 0));
        });
      }
      executor.await();
    }
  }
}
