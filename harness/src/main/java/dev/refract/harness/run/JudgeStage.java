package dev.refract.harness.run;

import dev.refract.harness.answer.AnswerPrompt;
import dev.refract.harness.answer.JudgePrompt;
import dev.refract.harness.answer.TextAnswerer;
import dev.refract.harness.dataset.Question;
import dev.refract.harness.dispatch.BoundedExecutor;
import dev.refract.harness.dispatch.JournaledRequests;
import dev.refract.harness.dispatch.Progress;
import dev.refract.harness.dispatch.RunContext;
import dev.refract.harness.dispatch.StageWatch;
import dev.refract.harness.journal.Fingerprint;
import dev.refract.harness.journal.Journal;
import dev.refract.harness.plan.PromptBuilder.TrialKey;
import dev.refract.harness.plan.Scoring;
import dev.refract.harness.score.parse.Parsed;
import dev.refract.reports.result.AnswerRecord;
import dev.refract.reports.result.FailedStage;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.result.Outcome.Basis;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An LLM judges whether free answers mean the same as the golds. Verdicts have their own journal
/// and are reported beside the scores; they never change a score.
record JudgeStage(TextAnswerer judge, Journal<AnswerRecord> verdicts) {

  /// Requests the verdicts that the journal does not contain yet, until it has all of them or the
  /// run is cancelled.
  ///
  /// @param unjudged results without verdicts; iterated twice
  void run(Iterable<ItemResult> unjudged, RunContext context, String name)
      throws InterruptedException {
    int total = 0;
    for (ItemResult item : unjudged) {
      total += toJudge(item).size();
    }
    try (Progress progress = context.progress(name + " (judge)", total);
        BoundedExecutor executor =
            new BoundedExecutor(judge.concurrency(), "judge-", context.cancellation())) {
      JournaledRequests requests =
          new JournaledRequests(
              verdicts,
              progress,
              StageWatch.of(context, "judge", judge.server(), judge.identity()));
      for (ItemResult item : unjudged) {
        ask(item, executor, requests);
      }
      executor.await();
    }
  }

  /// The replies to a question that need a verdict.
  private List<String> toJudge(ItemResult item) {
    Question question = Scoring.question(item);
    return item.scoredTrials()
        .filter(trial -> needsVerdict(question, trial.budget(), trial.reply(), trial.outcome()))
        .map(trial -> String.valueOf(trial.reply()))
        .distinct()
        .toList();
  }

  /// Submits the replies to a question for judgement.
  private void ask(ItemResult item, BoundedExecutor executor, JournaledRequests requests)
      throws InterruptedException {
    Question question = Scoring.question(item);
    for (String reply : toJudge(item)) {
      AnswerPrompt prompt = JudgePrompt.of(question, reply);
      executor.submit(() ->
          requests.ask(
              fingerprint(prompt),
              item.dataset(),
              question.id(),
              "",
              () -> judge.answer(prompt, 0)));
    }
  }

  /// The verdict on a reply; null for questions that are not judged.
  @Nullable Outcome verdict(
      Question question, TrialKey time, @Nullable String reply, Outcome outcome) {
    if (!isOpen(question) || time.budget() > 0) {
      return null;
    } else if (outcome instanceof Outcome.Failed failed) {
      return failed;
    } else if (!needsVerdict(question, time.budget(), reply, outcome)) {
      return new Outcome.Scored(0, "", Basis.VERDICT);
    }
    Optional<AnswerRecord> record =
        verdicts.last(fingerprint(JudgePrompt.of(question, String.valueOf(reply))));
    if (record.isEmpty()) {
      return null; // not requested yet
    }
    String said = record.get().reply();
    if (said == null) {
      return record.get().failedOutcome(FailedStage.JUDGE);
    }
    return switch (JudgePrompt.verdict(said)) {
      case Parsed.Answer answer ->
          new Outcome.Scored(answer.text().equals("CORRECT") ? 1 : 0, answer.text(), Basis.VERDICT);
      case Parsed.Abstention _, Parsed.Nothing _ -> new Outcome.Unparsed(said);
    };
  }

  /// Whether this is a free answer with content.
  private static boolean needsVerdict(
      Question question, int budget, @Nullable String reply, Outcome outcome) {
    return isOpen(question)
        && budget == 0
        && reply != null
        && switch (outcome) {
          case Outcome.Scored _, Outcome.Unsupported _, Outcome.Unparsed _ -> !reply.isBlank();
          case Outcome.Abstained _, Outcome.Failed _, Outcome.Unscored _ -> false;
        };
  }

  private static boolean isOpen(Question question) {
    return question.choices().isEmpty()
        && !question.golds().isEmpty()
        && !Scoring.YES_NO.equals(question.attributes().get(Scoring.ANSWER_FORM));
  }

  private String fingerprint(AnswerPrompt prompt) {
    return Fingerprint.of(
        "judgement",
        Map.of("judge", Fingerprint.judgeParts(JudgePrompt.identity(judge)), "prompt", prompt));
  }
}
