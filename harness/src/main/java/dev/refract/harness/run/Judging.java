package dev.refract.harness.run;

import dev.refract.harness.answer.AnswerPrompt;
import dev.refract.harness.answer.Answerer;
import dev.refract.harness.answer.JudgePrompt;
import dev.refract.harness.dataset.Question;
import dev.refract.harness.run.Answering.Time;
import dev.refract.harness.score.Parsed;
import dev.refract.reports.result.AnswerRecord;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.Outcome;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An LLM says whether free answers mean the same as the golds. Its verdicts have a journal of
/// their own and stand beside the scores, never among them.
record Judging(Answerer judge, Journal<AnswerRecord> judgements) {

  /// What makes a judge the judge that it is.
  static Map<String, Object> identity(Answerer judge) {
    Map<String, Object> identity = new LinkedHashMap<>(judge.identity());
    identity.put("prompt", JudgePrompt.VERSION);
    return identity;
  }

  /// The replies to a question that want a verdict.
  List<String> toJudge(ItemResult item) {
    Question question = Scoring.question(item);
    return item.counting()
        .filter(trial -> needsVerdict(question, trial.budget(), trial.reply(), trial.outcome()))
        .map(trial -> String.valueOf(trial.reply()))
        .distinct()
        .toList();
  }

  /// Hands over the replies to a question that have no verdict yet.
  void ask(ItemResult item, Stage stage, Asking asking) throws InterruptedException {
    Question question = Scoring.question(item);
    for (String reply : toJudge(item)) {
      AnswerPrompt prompt = JudgePrompt.of(question, reply);
      stage.submit(() ->
          asking.ask(
              fingerprint(prompt),
              item.dataset(),
              question.id(),
              "",
              () -> judge.answer(prompt, 0)));
    }
  }

  /// The verdict on a reply; nothing for questions that are not judged.
  @Nullable Outcome judged(Question question, Time time, @Nullable String reply, Outcome outcome) {
    if (!isOpen(question) || time.budget() > 0) {
      return null;
    } else if (outcome instanceof Outcome.Failed failed) {
      return failed;
    } else if (!needsVerdict(question, time.budget(), reply, outcome)) {
      return new Outcome.Scored(0, "");
    }
    Optional<AnswerRecord> verdict =
        judgements.last(fingerprint(JudgePrompt.of(question, String.valueOf(reply))));
    if (verdict.isEmpty()) {
      return null; // not asked yet
    }
    String said = verdict.get().reply();
    if (said == null) {
      return Interview.failed("judge", verdict.get());
    }
    return switch (JudgePrompt.verdict(said)) {
      case Parsed.Answer answer ->
          new Outcome.Scored(answer.text().equals("CORRECT") ? 1 : 0, answer.text());
      case Parsed.Abstention _, Parsed.Nothing _ -> new Outcome.Unparsed(said);
    };
  }

  /// Free answers that say something.
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
        "judgement", Map.of("judge", Fingerprint.model(identity(judge)), "prompt", prompt));
  }
}
