package dev.refract.harness.run;

import dev.refract.harness.answer.Answerer;
import dev.refract.reports.result.AnswerRecord;
import dev.refract.reports.result.ItemResult;
import org.jspecify.annotations.Nullable;

/// The last stage: verdicts on what has been answered.
final class Judges {

  private Judges() {}

  /// @param interview without a judge
  /// @return what the journals say, verdicts included where there is a judge
  static Results sit(
      @Nullable Answerer judge,
      Journal<AnswerRecord> judgements,
      Interview interview,
      Iterable<Entry> entries,
      Sitting sitting,
      String name)
      throws InterruptedException {
    Results unjudged = new Results(interview, entries);
    if (judge == null) {
      return unjudged;
    }
    Judging judging = new Judging(judge, judgements);
    int total = 0;
    for (ItemResult item : unjudged) {
      total += judging.toJudge(item).size();
    }
    try (Progress progress = sitting.progress(name + " (judge)", total);
        Stage stage = new Stage(judge.concurrency(), "judge-", sitting.halt())) {
      Asking asking = new Asking(judgements, progress, new Alarm(sitting.halt(), "judge"));
      for (ItemResult item : unjudged) {
        judging.ask(item, stage, asking);
      }
      stage.await();
    }
    return new Results(interview.judgedBy(judging), entries);
  }
}
