package dev.refract.harness.run;

import dev.refract.harness.dataset.Question;
import dev.refract.harness.score.AnswerParser;
import dev.refract.harness.score.Metric;
import dev.refract.harness.score.Metrics;
import dev.refract.harness.score.Parsed;
import dev.refract.reports.result.Outcome;

/// From a reply to an outcome.
final class Scoring {

  private Scoring() {}

  static Outcome score(Question question, String reply) {
    Metric metric = Metrics.named(question.metric()).orElseThrow();
    Parsed parsed =
        question.choices().isEmpty()
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
