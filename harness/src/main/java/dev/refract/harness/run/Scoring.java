package dev.refract.harness.run;

import dev.refract.harness.dataset.Question;
import dev.refract.harness.score.AnswerParser;
import dev.refract.harness.score.Metric;
import dev.refract.harness.score.Metrics;
import dev.refract.harness.score.Parsed;
import dev.refract.manifest.MetricMode;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.Outcome;

/// From a reply to an outcome.
final class Scoring {

  /// The attribute of a question that wants one of two words.
  static final String ANSWER_FORM = "answer_form";

  static final String YES_NO = "yes_no";

  private Scoring() {}

  /// The question that a saved result answers.
  static Question question(ItemResult item) {
    return new Question(
        item.questionId(),
        item.group(),
        item.question(),
        item.choices(),
        item.golds(),
        item.metric(),
        item.attributes());
  }

  static Outcome score(Question question, String reply) {
    return score(question, reply, MetricMode.OFFICIAL);
  }

  static Outcome score(Question question, String reply, MetricMode mode) {
    Metric metric = Metrics.named(question.metric(), mode).orElseThrow();
    boolean yesNo = YES_NO.equals(question.attributes().get(ANSWER_FORM));
    Parsed parsed =
        yesNo
            ? AnswerParser.yesNo(reply)
            : question.choices().isEmpty()
                ? AnswerParser.shortAnswer(reply)
                : AnswerParser.choice(reply, question.choices());
    return switch (parsed) {
      case Parsed.Answer answer when question.golds().isEmpty() ->
          new Outcome.Unscored(answer.text());
      case Parsed.Answer answer ->
          new Outcome.Scored(
              metric.score(question.golds(), answer.text(), question.attributes()), answer.text());
      case Parsed.Abstention _ -> new Outcome.Abstained(reply);
      case Parsed.Nothing _ -> new Outcome.Unparsed(reply);
    };
  }
}
