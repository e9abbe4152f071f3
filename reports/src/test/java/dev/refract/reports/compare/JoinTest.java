package dev.refract.reports.compare;

import static dev.refract.reports.compare.SmallRuns.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Which questions of two runs are the same.
class JoinTest {

  @Test
  void questionsMeetByDatasetAndIdInTheOrderOfTheFirstRun() {
    Join join =
        Join.of(
            List.of(question("d", "2", 7, 0.25), question("d", "1", 7, 1)),
            List.of(question("d", "1", 7, 0.5), question("d", "2", 7, 1)));
    assertThat(join.matched().stream().map(m -> m.a().key())).containsExactly("d 2", "d 1");
    assertThat(join.matched().stream().map(m -> m.b().key())).containsExactly("d 2", "d 1");
    assertThat(join.matched().stream().map(Join.Match::gain)).containsExactly(0.75, -0.5);
    assertThat(join.unmatched()).isZero();
  }

  @Test
  void whatOneRunAloneHasOrHasOtherwiseIsToldApart() {
    Join join =
        Join.of(
            List.of(question("d", "1", 7, 1), question("d", "2", 7, 1), question("d", "3", 7, 1)),
            List.of(
                question("d", "2", 8, 1),
                question("e", "1", 7, 1),
                question("d", "3", 7, 1),
                question("d", "4", 7, 1)));
    assertThat(join.matched()).hasSize(1);
    assertThat(join.onlyA()).containsExactly("d 1");
    assertThat(join.onlyB()).containsExactly("e 1", "d 4");
    assertThat(join.changed()).containsExactly("d 2");
    assertThat(join.unmatched()).isEqualTo(4);
  }

  @Test
  void nothingMeetsNothing() {
    assertThat(Join.of(List.of(), List.of()))
        .isEqualTo(new Join(List.of(), List.of(), List.of(), List.of()));
  }

  @Test
  void aScoredQuestionIsTakenFromItsResult() {
    ScoredQuestion question =
        ScoredQuestion.of(item("charts", "human", "q1", "i1", new Outcome.Scored(0.5, "4")));
    assertThat(question.key()).isEqualTo("charts q1");
    assertThat(question.dataset()).isEqualTo("charts");
    assertThat(question.group()).isEqualTo("charts: chart / human");
    assertThat(question.cluster()).isEqualTo("i1");
    assertThat(question.score()).isEqualTo(0.5);
  }

  @Test
  void theContentIsQuestionOptionsGoldsAndImages() {
    int usual = content("i1", "How many?", List.of(), List.of("4"));
    assertThat(content("i1", "How many?", List.of(), List.of("4"))).isEqualTo(usual);
    assertThat(content("i2", "How many?", List.of(), List.of("4"))).isNotEqualTo(usual);
    assertThat(content("i1", "How much?", List.of(), List.of("4"))).isNotEqualTo(usual);
    assertThat(content("i1", "How many?", List.of("4"), List.of("4"))).isNotEqualTo(usual);
    assertThat(content("i1", "How many?", List.of(), List.of("5"))).isNotEqualTo(usual);
  }

  @Test
  void questionsWithoutGoldsAreLeftOut() {
    List<ItemResult> items =
        List.of(
            asked("q1", "i", "?", List.of(), List.of()),
            asked("q2", "i", "?", List.of(), List.of("4")));
    assertThat(ScoredQuestion.of(items).stream().map(ScoredQuestion::key))
        .containsExactly("charts q2");
  }

  private static int content(String image, String text, List<String> choices, List<String> golds) {
    return ScoredQuestion.of(asked("q", image, text, choices, golds)).content();
  }

  private static ItemResult asked(
      String id, String image, String text, List<String> choices, List<String> golds) {
    return new ItemResult(
        "charts",
        id,
        List.of(new ItemResult.Image(image + ".png", image)),
        "chart",
        "human",
        text,
        choices,
        golds,
        "exact_match",
        Map.of(),
        null,
        List.of(SmallRuns.trial(new Outcome.Scored(1, "4"))));
  }

  private static ScoredQuestion question(String dataset, String id, int content, double score) {
    return new ScoredQuestion(
        ScoredQuestion.key(dataset, id), dataset, dataset + ": c / g", content, "i", score, 0);
  }
}
