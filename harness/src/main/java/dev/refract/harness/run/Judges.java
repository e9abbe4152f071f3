package dev.refract.harness.run;

import dev.refract.harness.answer.Answerer;
import dev.refract.reports.result.AnswerRecord;
import dev.refract.reports.result.ItemResult;
import java.io.PrintStream;
import java.util.List;
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
      List<Entry> entries,
      PrintStream log,
      boolean terminal,
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
    try (Progress progress = new Progress(log, terminal, name + " (judge)", total);
        Stage stage = new Stage(judge.concurrency(), "judge-")) {
      for (ItemResult item : unjudged) {
        judging.ask(item, stage, progress);
      }
      stage.await();
    }
    return new Results(interview.judgedBy(judging), entries);
  }
}
