package dev.refract.harness.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.harness.answer.AnswerPrompt;
import dev.refract.harness.dataset.Question;
import dev.refract.harness.plan.PromptBuilder.BuiltPrompt;
import dev.refract.harness.plan.PromptBuilder.Form;
import dev.refract.harness.plan.PromptBuilder.TrialKey;
import dev.refract.manifest.MetricMode;
import dev.refract.manifest.Protocol;
import dev.refract.manifest.Protocol.Parser;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.ModelIdentity;
import dev.refract.reports.result.RunRecord.TrialCounts;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How often a question is asked, in which words, and which prompts are the same request.
class PromptBuilderTest {

  private static final TrialKey FIRST = new TrialKey(0, 0, 0, 0);
  private static final Protocol PROTOCOL =
      Protocols.of(
          false,
          new Protocol.Raw("<user>", "<bot>", "<img>"),
          Parser.LENIENT,
          null,
          MetricMode.OFFICIAL);

  private static PromptBuilder builder(Form form, TrialCounts counts) {
    return new PromptBuilder(PROTOCOL, form, new ModelIdentity.Ocr("model 1"), counts);
  }

  private static Question question(String id, String... choices) {
    return new Question(id, "g", "Why?", List.of(choices), List.of("A"), "choice");
  }

  private static PlannedQuestion planned(String dataset, Question question, String image) {
    return new PlannedQuestion(
        dataset,
        "chart",
        question,
        List.of(new ItemResult.Image(image + ".png", image)),
        null,
        List.of(),
        List.of(),
        null);
  }

  private static BuiltPrompt asked(Form form, TrialKey time, String caption) {
    return builder(form, new TrialCounts(3, 2, List.of(2)))
        .asked(planned("d", question("q", "red", "blue", "pink"), "i"), time, List.of(caption));
  }

  @Test
  void aQuestionIsAskedInEachRotationAndRepeatAndThenForEachBudget() {
    assertThat(
            builder(Form.CHAT, new TrialCounts(2, 2, List.of(8, 64)))
                .times(question("q", "red", "blue", "pink"), 5))
        .containsExactly(
            new TrialKey(5, 0, 0, 0),
            new TrialKey(5, 0, 1, 0),
            new TrialKey(5, 1, 0, 0),
            new TrialKey(5, 1, 1, 0),
            new TrialKey(5, 0, 0, 8),
            new TrialKey(5, 0, 0, 64));
  }

  @Test
  void thereAreNoMoreRotationsThanOptionsAndAlwaysOne() {
    PromptBuilder nine = builder(Form.CHAT, new TrialCounts(9, 1, List.of()));
    assertThat(nine.times(question("q", "red", "blue"), 0))
        .containsExactly(FIRST, new TrialKey(0, 1, 0, 0));
    assertThat(nine.times(question("q"), 0)).containsExactly(FIRST);
  }

  @Test
  void whoSeesTheImageHasNoCaptionToCut() {
    assertThat(builder(Form.IMAGE, new TrialCounts(1, 1, List.of(8))).times(question("q"), 0))
        .containsExactly(FIRST);
    assertThat(builder(Form.RAW, new TrialCounts(1, 1, List.of(8))).times(question("q"), 0))
        .containsExactly(FIRST, new TrialKey(0, 0, 0, 8));
  }

  @Test
  void eachFormHasItsWords() {
    String lines = "O:\nA. red\nB. blue\nC. pink\nEnd";
    assertThat(asked(Form.CHAT, FIRST, "A dog.").prompt())
        .isEqualTo(new AnswerPrompt("Be brief.", "C: ", "A dog. Q: ", "Why? " + lines, false));
    assertThat(asked(Form.RAW, FIRST, "A dog.").prompt())
        .isEqualTo(
            new AnswerPrompt(null, "<user>C: ", "A dog. Q: ", "Why? " + lines + "<bot>", true));
    assertThat(asked(Form.IMAGE, FIRST, "A dog.").prompt())
        .isEqualTo(new AnswerPrompt(null, "", "", "D: Why? " + lines, false));
  }

  @Test
  void aRotationMovesTheOptionsOn() {
    BuiltPrompt moved = asked(Form.CHAT, new TrialKey(0, 1, 0, 0), "A dog.");
    assertThat(moved.shown().order()).containsExactly(1, 2, 0);
    assertThat(moved.prompt().question()).contains("A. blue\nB. pink\nC. red");
    assertThat(moved.time()).isEqualTo(new TrialKey(0, 1, 0, 0));
  }

  @Test
  void aBudgetCutsTheCaption() {
    assertThat(asked(Form.CHAT, new TrialKey(0, 0, 0, 2), "A big dog.").prompt().caption())
        .isEqualTo("A big Q: ");
    assertThat(asked(Form.CHAT, new TrialKey(0, 0, 0, 99), "A big dog.").prompt().caption())
        .isEqualTo("A big dog. Q: ");
  }

  @Test
  void timesWhosePromptMayBeTheSameAreDrawnApart() {
    // two repeats: the draws of caption sample 3 are 6 and 7
    assertThat(asked(Form.CHAT, new TrialKey(3, 0, 0, 0), "A").draw()).isEqualTo(6);
    assertThat(asked(Form.CHAT, new TrialKey(3, 0, 1, 0), "A").draw()).isEqualTo(7);
    assertThat(asked(Form.CHAT, FIRST, "A").draw()).isZero();
    assertThat(asked(Form.CHAT, new TrialKey(0, 0, 1, 0), "A").fingerprint())
        .isNotEqualTo(asked(Form.CHAT, FIRST, "A").fingerprint());
  }

  @Test
  void theSamePromptAndDrawAreOneRequest() {
    assertThat(asked(Form.CHAT, FIRST, "A").fingerprint())
        .matches("[0-9a-f]{64}")
        .isEqualTo(asked(Form.CHAT, FIRST, "A").fingerprint())
        .isNotEqualTo(asked(Form.CHAT, FIRST, "B").fingerprint())
        .isNotEqualTo(asked(Form.RAW, FIRST, "A").fingerprint())
        // a budget that cuts nothing off asks the very same again
        .isEqualTo(asked(Form.CHAT, new TrialKey(0, 0, 0, 99), "A").fingerprint());
  }

  private static String fingerprint(Form form, ModelIdentity who, PlannedQuestion planned) {
    return new PromptBuilder(PROTOCOL, form, who, TrialCounts.ONCE)
        .asked(planned, FIRST, List.of("A"))
        .fingerprint();
  }

  @Test
  void datasetQuestionAndAnswererTellRequestsApart() {
    ModelIdentity one = new ModelIdentity.Ocr("model 1");
    String base = fingerprint(Form.CHAT, one, planned("d", question("q"), "i"));
    assertThat(fingerprint(Form.CHAT, one, planned("e", question("q"), "i"))).isNotEqualTo(base);
    assertThat(fingerprint(Form.CHAT, one, planned("d", question("r"), "i"))).isNotEqualTo(base);
    assertThat(
            fingerprint(
                Form.CHAT, new ModelIdentity.Ocr("model 2"), planned("d", question("q"), "i")))
        .isNotEqualTo(base);
  }

  @Test
  void theImageCountsOnlyWhereItIsSeen() {
    ModelIdentity one = new ModelIdentity.Ocr("model 1");
    PlannedQuestion here = planned("d", question("q"), "i");
    PlannedQuestion there = planned("d", question("q"), "j");
    assertThat(fingerprint(Form.CHAT, one, here)).isEqualTo(fingerprint(Form.CHAT, one, there));
    assertThat(fingerprint(Form.IMAGE, one, here))
        .isNotEqualTo(fingerprint(Form.IMAGE, one, there));
  }
}
