package dev.refract.harness.plan;

import dev.refract.harness.answer.OptionOrder;
import dev.refract.harness.dataset.Question;
import dev.refract.harness.score.AnswerKey;
import dev.refract.harness.score.CapRl;
import dev.refract.harness.score.CaptionQa;
import dev.refract.harness.score.Metric;
import dev.refract.harness.score.Metrics;
import dev.refract.harness.score.VqaScore;
import dev.refract.harness.score.parse.AnswerParser;
import dev.refract.harness.score.parse.Parsed;
import dev.refract.manifest.MetricMode;
import dev.refract.manifest.MetricName;
import dev.refract.manifest.Protocol;
import dev.refract.manifest.Protocol.Parser;
import dev.refract.reports.caption.Thoughts;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.result.Outcome.Basis;
import dev.refract.reports.result.RunRecord;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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
    return switch (parser) {
      case BOXED -> boxed(question, category, reply);
      case FIRST_LETTER ->
          outcome(question, shown, reply, AnswerParser.firstLetter(reply, order.size()))
              .orElseGet(() -> new Outcome.Unparsed(reply));
      case LENIENT -> lenient(question, category, shown, reply);
    };
  }

  /// An outcome that needs no metric: an abstention, an answer whose gold is secret, or a letter.
  private Optional<Outcome> outcome(
      Question question, OptionOrder shown, String reply, Parsed parsed) {
    return switch (parsed) {
      case Parsed.Answer said when shown.isCannot(said.text()) ->
          Optional.of(
              new Outcome.Abstained(reply, CaptionQa.abstention(question.choices().size())));
      case Parsed.Answer said when question.golds().isEmpty() ->
          Optional.of(new Outcome.Unscored(shown.original(said.text())));
      case Parsed.Answer said when parser == Parser.FIRST_LETTER -> {
        String letter = shown.original(said.text());
        yield Optional.of(
            new Outcome.Scored(question.golds().contains(letter) ? 1 : 0, letter, Basis.REPLY));
      }
      case Parsed.Answer _, Parsed.Abstention _, Parsed.Nothing _ -> Optional.empty();
    };
  }

  /// As CapRL's scorer, which treats a reply without an answer as an empty answer. That counts as
  /// right if the gold cannot be parsed.
  private Outcome boxed(Question question, String category, String reply) {
    String answer = CapRl.answer(reply);
    if (question.golds().isEmpty()) {
      return answer.isEmpty() ? new Outcome.Unparsed(reply) : new Outcome.Unscored(answer);
    }
    OptionalDouble value = metric(question).decide(key(question, category, List.of()), answer);
    if (answer.isEmpty() && value.orElse(0) == 0) {
      return new Outcome.Unparsed(reply);
    }
    return value.isPresent()
        ? new Outcome.Scored(value.getAsDouble(), answer, Basis.REPLY)
        : new Outcome.Unsupported(answer);
  }

  /// The reply is scored as the benchmark's script takes it, and so is what the parser finds in it;
  /// the better score counts. Only a reply that scores nothing can be an abstention or unparsed,
  /// since its words may be the gold.
  private Outcome lenient(Question question, String category, OptionOrder shown, String reply) {
    Parsed parsed = parsed(question, shown, reply);
    Optional<Outcome> known = outcome(question, shown, reply, parsed);
    if (known.isPresent()) {
      return known.get();
    } else if (question.golds().isEmpty()) {
      return parsed instanceof Parsed.Abstention
          ? new Outcome.Abstained(reply, 0)
          : new Outcome.Unparsed(reply);
    }
    AnswerKey key = key(question, category, shown.order());
    Metric metric = metric(question);
    List<String> answers = answers(question, reply, parsed);
    List<OptionalDouble> scores =
        answers.stream()
            .map(a -> isGold(question, a) ? OptionalDouble.of(1) : metric.decide(key, a))
            .toList();
    String whole = whole(metric, key, reply);
    double official = whole.isEmpty() ? 0 : metric.decide(key, whole).orElse(0);
    double lenient = scores.stream().mapToDouble(score -> score.orElse(0)).max().orElse(0);
    double best = Math.max(official, lenient);
    if (best > 0) {
      String answer = whole;
      for (int i = 0; i < answers.size(); i++) {
        answer = scores.get(i).orElse(0) == best ? answers.get(i) : answer;
      }
      return new Outcome.Scored(
          best, shown.original(answer), official == best ? Basis.REPLY : Basis.ANSWER);
    }
    return switch (parsed) {
      case Parsed.Abstention _ -> new Outcome.Abstained(reply, 0);
      case Parsed.Nothing _ -> new Outcome.Unparsed(reply);
      case Parsed.Answer _ when scores.getLast().isEmpty() ->
          new Outcome.Unsupported(answers.getLast());
      case Parsed.Answer said -> new Outcome.Scored(0, shown.original(said.text()), Basis.ANSWER);
    };
  }

  /// Whether the answer is a gold, character by character, which some scripts do not find equal:
  /// `nan`, or a text that ends with a full stop. TextVQA's score counts how many people gave it.
  private boolean isGold(Question question, String answer) {
    return question.choices().isEmpty()
        && question.golds().contains(answer)
        && !metricOf(question).equals(MetricName.VQA_SCORE.toString());
  }

  /// What the benchmark's script compares with the golds: the reply without the model's thoughts,
  /// or what the script's own rules find in it. Empty when there is nothing.
  private String whole(Metric metric, AnswerKey key, String reply) {
    String said = Thoughts.of(reply).said();
    if (said.isBlank()) {
      return "";
    }
    return mode == MetricMode.OFFICIAL ? metric.extracted(key, said) : said;
  }

  private static List<String> answers(Question question, String reply, Parsed parsed) {
    List<String> answers = new ArrayList<>();
    if (question.choices().isEmpty()) {
      answers.addAll(AnswerParser.layers(reply));
    }
    if (parsed instanceof Parsed.Answer said) {
      answers.add(said.text());
    }
    return answers;
  }

  private static Parsed parsed(Question question, OptionOrder shown, String reply) {
    if (YES_NO.equals(question.attributes().get(ANSWER_FORM))) {
      return AnswerParser.yesNo(reply);
    } else if (question.choices().isEmpty()) {
      return AnswerParser.shortAnswer(reply);
    }
    return AnswerParser.choice(
        reply, shown.order().stream().map(place -> option(question, place)).toList());
  }

  private static String option(Question question, int place) {
    return place < question.choices().size() ? question.choices().get(place) : OptionOrder.CANNOT;
  }

  private Metric metric(Question question) {
    return Metrics.named(metricOf(question), mode).orElseThrow();
  }

  /// @param order of the options as shown, which decides their letters
  private AnswerKey key(Question question, String category, List<Integer> order) {
    List<String> golds = question.golds();
    if (!question.choices().isEmpty() && !order.isEmpty()) {
      golds =
          golds.stream()
              .map(gold -> OptionOrder.letter(order.indexOf(gold.charAt(0) - 'A')))
              .toList();
    } else if (golds.size() == 1 && metricOf(question).equals(MetricName.VQA_SCORE.toString())) {
      golds = Collections.nCopies(VqaScore.ANNOTATORS, golds.getFirst());
    }
    Map<String, String> facts = new HashMap<>(question.attributes());
    facts.put(CapRl.CATEGORY, category);
    return new AnswerKey(
        golds, order.stream().map(place -> option(question, place)).toList(), facts);
  }
}
