package dev.refract.harness.plan;

import dev.refract.harness.answer.OptionOrder;
import dev.refract.harness.dataset.Question;
import dev.refract.harness.score.AnswerParser;
import dev.refract.harness.score.CapRl;
import dev.refract.harness.score.CaptionQa;
import dev.refract.harness.score.Metric;
import dev.refract.harness.score.Metrics;
import dev.refract.harness.score.Parsed;
import dev.refract.manifest.MetricMode;
import dev.refract.manifest.MetricName;
import dev.refract.manifest.Protocol;
import dev.refract.manifest.Protocol.Parser;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.result.RunRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Converts a reply to an outcome as a protocol prescribes.
///
/// @param metric replaces each question's own metric, or null
public record Scoring(Parser parser, @Nullable MetricName metric, MetricMode mode) {

  /// Scoring of imported answers.
  public static final Scoring LENIENT = new Scoring(Parser.LENIENT, null, MetricMode.OFFICIAL);

  /// The question attribute that holds the expected answer form, such as {@link #YES_NO}.
  public static final String ANSWER_FORM = "answer_form";

  public static final String YES_NO = "yes_no";

  public static Scoring of(Protocol protocol) {
    Protocol.Scoring score = protocol.score();
    return new Scoring(score.parser(), score.metric(), score.mode());
  }

  /// The scoring of a finished run, in another mode.
  public static Scoring of(RunRecord.Protocol protocol, MetricMode mode) {
    String metric = protocol.metric();
    return new Scoring(
        Parser.valueOf(protocol.parser().toUpperCase(Locale.ROOT)),
        metric == null ? null : MetricName.valueOf(metric.toUpperCase(Locale.ROOT)),
        mode);
  }

  /// The question that a saved result answers.
  public static Question question(ItemResult item) {
    return new Question(
        item.questionId(),
        item.group(),
        item.question(),
        item.choices(),
        item.golds(),
        item.metric(),
        item.attributes());
  }

  /// The name of the metric by which a question is scored.
  public String metricOf(Question question) {
    return metric == null ? question.metric() : metric.toString();
  }

  /// @param category of the question's sample
  /// @param order of the options as shown, as indexes into the question's choices
  public Outcome score(Question question, String category, List<Integer> order, String reply) {
    OptionOrder shown = new OptionOrder(List.of(), order, question.choices().size());
    return switch (parsed(question, shown, reply)) {
      case Parsed.Abstention _ -> new Outcome.Abstained(reply, 0);
      case Parsed.Answer said when shown.isCannot(said.text()) ->
          new Outcome.Abstained(reply, CaptionQa.abstention(question.choices().size()));
      case Parsed.Answer said -> scored(question, category, shown.original(said.text()));
      case Parsed.Nothing _ -> nothing(question, category, reply);
    };
  }

  private Parsed parsed(Question question, OptionOrder shown, String reply) {
    return switch (parser) {
      case BOXED -> AnswerParser.boxed(reply);
      case FIRST_LETTER -> AnswerParser.firstLetter(reply, shown.order().size());
      case LENIENT -> {
        if (YES_NO.equals(question.attributes().get(ANSWER_FORM))) {
          yield AnswerParser.yesNo(reply);
        } else if (question.choices().isEmpty()) {
          yield AnswerParser.shortAnswer(reply);
        }
        yield AnswerParser.choice(
            reply, shown.order().stream().map(place -> option(question, place)).toList());
      }
    };
  }

  private static String option(Question question, int place) {
    return place < question.choices().size() ? question.choices().get(place) : OptionOrder.CANNOT;
  }

  private Outcome scored(Question question, String category, String answer) {
    if (question.golds().isEmpty()) {
      return new Outcome.Unscored(answer);
    }
    OptionalDouble value = decide(question, category, answer);
    return value.isPresent()
        ? new Outcome.Scored(value.getAsDouble(), answer)
        : new Outcome.Unsupported(answer);
  }

  /// The outcome of a reply without an answer. CapRL's scorer treats it as an empty answer, which
  /// counts as correct if the gold cannot be parsed.
  private Outcome nothing(Question question, String category, String reply) {
    boolean empty = parser == Parser.BOXED && !question.golds().isEmpty();
    double value = empty ? decide(question, category, "").orElse(0) : 0;
    return value > 0 ? new Outcome.Scored(value, "") : new Outcome.Unparsed(reply);
  }

  private OptionalDouble decide(Question question, String category, String answer) {
    Metric by = Metrics.named(metricOf(question), mode).orElseThrow();
    Map<String, String> facts = new HashMap<>(question.attributes());
    facts.put(CapRl.CATEGORY, category);
    return by.decide(question.golds(), answer, facts);
  }
}
