package dev.refract.reports.tally;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.reports.caption.GoldInCaption;
import dev.refract.reports.result.FailedStage;
import dev.refract.reports.result.FailureKind;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.result.Trial;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LossTest {

  @Test
  void withoutAReplyNothingElseMatters() {
    Outcome failed = new Outcome.Failed(FailedStage.ANSWER, FailureKind.TIMEOUT, "late");
    assertThat(Loss.of(item(failed), GoldInCaption.ABSENT)).isEqualTo(Loss.NO_REPLY);
    assertThat(Loss.of(item(new Outcome.Unparsed("hm")), GoldInCaption.ABSENT))
        .isEqualTo(Loss.FORM);
    assertThat(Loss.of(item(new Outcome.Unsupported("x^2")), GoldInCaption.PRESENT))
        .isEqualTo(Loss.UNDECIDED);
  }

  @Test
  void theCaptionDecidesWhoLostAnAnswer() {
    Outcome wrong = new Outcome.Scored(0, "7");
    assertThat(Loss.of(item(wrong), GoldInCaption.PRESENT)).isEqualTo(Loss.ANSWERER);
    assertThat(Loss.of(item(wrong), GoldInCaption.ABSENT)).isEqualTo(Loss.NOT_IN_CAPTION);
    assertThat(Loss.of(item(wrong), GoldInCaption.NO_CAPTION)).isEqualTo(Loss.WITHOUT_CAPTION);
    assertThat(Loss.of(item(wrong), GoldInCaption.NOT_TELLING)).isEqualTo(Loss.UNTOLD);
    assertThat(Loss.of(item(new Outcome.Abstained("unanswerable", 0)), GoldInCaption.ABSENT))
        .isEqualTo(Loss.NOT_IN_CAPTION);
  }

  private static ItemResult item(Outcome outcome) {
    return new ItemResult(
        "charts",
        "1",
        List.of(new ItemResult.Image("a.png", "00")),
        "chart",
        "number",
        "How many?",
        List.of(),
        List.of("8"),
        "anls",
        Map.of(),
        null,
        List.of(new Trial(0, 0, 0, 0, List.of(), List.of("c"), "p", "r", outcome, null)));
  }
}
