package dev.refract.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.reports.html.BoardColumns.Column;
import dev.refract.reports.html.BoardColumns.Common;
import dev.refract.reports.html.BoardView.Captions;
import dev.refract.reports.html.BoardView.Label;
import dev.refract.reports.html.BoardView.Row;
import dev.refract.reports.html.BoardView.Scores;
import dev.refract.reports.html.part.OutcomeShares;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoardColumnsTest {

  @Test
  void whatAllRowsHaveInCommonIsSaidOnce() {
    BoardColumns columns = BoardColumns.of(List.of(row("a", 12, 0.1, 0), row("b", 12, 0.2, 0)));
    assertThat(columns.common())
        .contains(new Common("Questions", "12"), new Common("Failed", "0.0%"));
    assertThat(columns.shown())
        .containsExactly(
            new Column(
                "Abstained",
                "Replies that the caption does not contain the answer",
                List.of("10.0%", "20.0%")));
    assertThat(columns.answerer()).isFalse();
  }

  @Test
  void aColumnThatOnlySomeRowsHaveIsShownAndOneThatNoRowHasIsNot() {
    BoardColumns columns = BoardColumns.of(List.of(row("a", 12, 0.1, 30), row("b", 12, 0.1, 0)));
    assertThat(columns.shown())
        .containsExactly(new Column("Words per caption", "", List.of("30", "–")));
    assertThat(columns.common()).noneMatch(common -> common.name().equals("J/caption"));
  }

  @Test
  void ofOneRowEverythingIsShown() {
    BoardColumns columns = BoardColumns.of(List.of(row("a", 12, 0.1, 30)));
    assertThat(columns.common()).isEmpty();
    assertThat(columns.shown().stream().map(Column::name))
        .contains("Questions", "Images", "Abstained", "Failed", "Words per caption");
  }

  private static Row row(String name, int questions, double abstained, int words) {
    return new Row(
        new Label(name, "", "model", "llm", false, ""),
        "",
        true,
        List.of(),
        new Scores(null, null, null, null, null),
        questions,
        6,
        new OutcomeShares(abstained, 0.0, 0.0, 0.0),
        new Captions(words, null, null, null, null, null),
        new ThroughputView(null, null, null, null, null));
  }
}
