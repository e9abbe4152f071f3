package dev.refract.harness.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.refract.harness.answer.AnswerPrompt;
import dev.refract.harness.dataset.DatasetException;
import dev.refract.harness.dataset.Question;
import dev.refract.harness.plan.PromptBuilder.Form;
import dev.refract.manifest.MetricMode;
import dev.refract.manifest.MetricName;
import dev.refract.manifest.Protocol;
import dev.refract.manifest.Protocol.Parser;
import dev.refract.reports.result.ModelIdentity;
import dev.refract.reports.result.RunRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which questions are refused, and that the message names dataset, question and number.
class QuestionCheckTest {

  private static Question question(String metric, int options, String... golds) {
    List<String> choices = IntStream.range(0, options).mapToObj(i -> "option " + i).toList();
    return new Question("q7", "g", "Why?", choices, Arrays.asList(golds), metric);
  }

  private static void check(Protocol protocol, Form form, Question question) {
    PromptBuilder prompts =
        new PromptBuilder(protocol, form, new ModelIdentity.Blind(), RunRecord.TrialCounts.ONCE);
    new QuestionCheck(protocol, prompts)
        .check(
            new PlannedQuestion(
                "tiny", "chart", question, List.of(), null, List.of(), List.of(), null));
  }

  private static void passes(Protocol protocol, Question question) {
    assertThatCode(() -> check(protocol, Form.CHAT, question)).doesNotThrowAnyException();
  }

  private static void fails(Protocol protocol, Question question, String... facts) {
    assertThatThrownBy(() -> check(protocol, Form.CHAT, question))
        .isInstanceOf(DatasetException.class)
        .hasMessageContainingAll("'tiny'", "'q7'")
        .hasMessageContainingAll(facts);
  }

  private static Protocol shuffling() {
    return Protocols.of(true, null, Parser.FIRST_LETTER, MetricName.CAPTIONQA, MetricMode.OFFICIAL);
  }

  @Test
  void ordinaryQuestionsPass() {
    passes(Protocols.plain(), question("anls", 0, "red", ""));
    passes(Protocols.plain(), question("anls", 0));
    passes(Protocols.plain(), question("choice", 4, "A", "D"));
    passes(shuffling(), question("captionqa", 4, "A"));
  }

  @Test
  void anUnknownMetricIsNamedBesideTheKnownOnes() {
    fails(Protocols.plain(), question("bleu", 0, "red"), "'bleu'", "anls", "relaxed_accuracy");
  }

  @ParameterizedTest
  @EnumSource(MetricName.class)
  void optionsGoWithMetricsOfChoicesAndOnlyWithThem(MetricName metric) {
    Question with = question(metric.toString(), 3, "A");
    Question without = question(metric.toString(), 0, "A");
    if (metric.takesOptions()) {
      passes(shuffling(), with);
    } else {
      fails(Protocols.plain(), with, "'" + metric + "'", "3");
    }
    if (metric.takesFreeAnswers()) {
      passes(Protocols.plain(), without);
    } else {
      fails(shuffling(), without, "'" + metric + "'", "0");
    }
  }

  @Test
  void captionQaNeedsItsOwnProtocol() {
    fails(Protocols.plain(), question("captionqa", 4, "A"), "'captionqa'");
    fails(
        Protocols.of(true, null, Parser.FIRST_LETTER, MetricName.CHOICE, MetricMode.OFFICIAL),
        question("captionqa", 4, "A"),
        "'captionqa'");
  }

  @Test
  void aProtocolThatShufflesNeedsTwoOptions() {
    fails(shuffling(), question("choice", 1, "A"), "'tiny'", "1 options");
    passes(shuffling(), question("choice", 2, "A"));
    fails(shuffling(), question("anls", 0, "red"), "0 options");
    passes(Protocols.plain(), question("choice", 1, "A"));
  }

  @Test
  void thereAreAsManyOptionsAsLettersAndOneLessWhereOneIsAdded() {
    passes(Protocols.plain(), question("choice", 26, "Z"));
    fails(Protocols.plain(), question("choice", 27, "A"), "26", "27");
    passes(shuffling(), question("choice", 25, "Y"));
    fails(shuffling(), question("choice", 26, "A"), "25", "26");
  }

  @ParameterizedTest
  @ValueSource(strings = {"D", "a", "", "AB", "1", "@", "option 0"})
  void theGoldOfAChoiceIsTheLetterOfOne(String gold) {
    fails(Protocols.plain(), question("choice", 3, "A", gold), "A to C", "'" + gold + "'");
  }

  @Test
  void theLastLetterIsOne() {
    passes(Protocols.plain(), question("choice", 3, "A", "B", "C"));
  }

  @Test
  void onlyStrictRefusesAnEmptyGold() {
    Protocol strict = Protocols.of(false, null, Parser.LENIENT, null, MetricMode.STRICT);
    for (String blank : List.of("", "  ")) {
      fails(strict, question("anls", 0, "red", blank), "strict");
      passes(Protocols.plain(), question("anls", 0, "red", blank));
    }
    passes(strict, question("anls", 0, "red"));
  }

  private static Question raw(String prompt) {
    return new Question(
        "q7",
        "g",
        "Why?",
        List.of(),
        List.of("red"),
        "anls",
        Map.of(AnswerPrompt.RAW_PROMPT, prompt));
  }

  @Test
  void aPromptOfItsOwnNeedsAPlaceForTheImageWhereItIsUsed() {
    Protocol protocol =
        Protocols.of(
            false,
            new Protocol.Raw("<user>", "<bot>", "<img>"),
            Parser.BOXED,
            null,
            MetricMode.OFFICIAL);
    assertThatCode(() -> check(protocol, Form.RAW, raw("<user><img>Why?")))
        .doesNotThrowAnyException();
    assertThat(catchThrowable(() -> check(protocol, Form.RAW, raw("<user>Why?<img>"))))
        .isInstanceOf(DatasetException.class)
        .hasMessageContainingAll("'tiny'", "'q7'", "<user>");
    assertThatCode(() -> check(protocol, Form.CHAT, raw("<user>Why?<img>")))
        .doesNotThrowAnyException();
  }
}
