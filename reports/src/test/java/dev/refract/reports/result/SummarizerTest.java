package dev.refract.reports.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.refract.reports.result.Summarizer.Span;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SummarizerTest {

  @Test
  void failuresCountAsWrongAndAreShownBesideTheBoundWithoutThem() {
    Summary summary =
        Summarizer.summarize(
            List.of(
                item("1", "a", new Outcome.Scored(1, "x")),
                item("2", "a", new Outcome.Scored(0.5, "x")),
                item("3", "b", new Outcome.Unparsed("?")),
                item("4", "b", new Outcome.Abstained("unanswerable")),
                item("5", "c", new Outcome.Failed("answer", "timeout", "late"))),
            List.of(),
            List.of());
    Summary.Group group = summary.datasets().getFirst();
    assertThat(group.planned()).isEqualTo(5);
    assertThat(List.of(group.scored(), group.unparsed(), group.abstained(), group.failed()))
        .containsExactly(2, 1, 1, 1);
    assertThat(group.accuracy().mean()).isCloseTo(0.3, within(1e-12));
    assertThat(group.withoutFailures()).isCloseTo(0.375, within(1e-12));
    assertThat(group.images()).isEqualTo(3);
  }

  @Test
  void timeInWhichNothingWasDoneDoesNotCount() {
    assertThat(
            Summarizer.covered(
                List.of(new Span(0, 1000), new Span(500, 2000), new Span(10_000, 11_000))))
        .isEqualTo(3);
    Summary summary =
        Summarizer.summarize(
            List.of(item("1", "a", new Outcome.Scored(1, "x"))),
            List.of(new Span(0, 2000), new Span(0, 2000), new Span(900_000, 902_000)),
            List.of());
    assertThat(summary.timing().captionsPerSecond()).isCloseTo(0.75, within(1e-12));
  }

  @Test
  void aRunRecordSurvivesTheDisk() {
    ItemResult item = item("1", "a", new Outcome.Failed("caption", "image", "damaged \"PNG\"\n"));
    assertThat(RunJson.MAPPER.readValue(RunJson.line(item), ItemResult.class)).isEqualTo(item);
    assertThat(RunJson.line(item))
        .doesNotContain("\n")
        .contains("\"outcome\":{\"type\":\"failed\"");
  }

  private static ItemResult item(String id, String image, Outcome outcome) {
    return new ItemResult(
        "d",
        id,
        List.of(new ItemResult.Image(image, image, "f")),
        "chart",
        "human",
        "q?",
        List.of(),
        List.of("x"),
        "anls",
        Map.of(),
        null,
        null,
        outcome);
  }
}
