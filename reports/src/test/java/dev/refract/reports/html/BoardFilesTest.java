package dev.refract.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.reports.file.RunJson;
import dev.refract.reports.html.BoardView.Captions;
import dev.refract.reports.html.BoardView.Cell;
import dev.refract.reports.html.BoardView.Facts;
import dev.refract.reports.html.BoardView.Figures;
import dev.refract.reports.html.BoardView.HeatMap;
import dev.refract.reports.html.BoardView.Label;
import dev.refract.reports.html.BoardView.Plot;
import dev.refract.reports.html.BoardView.Row;
import dev.refract.reports.html.BoardView.Scores;
import dev.refract.reports.html.part.OutcomeShares;
import dev.refract.reports.stats.AttainableShare;
import dev.refract.reports.stats.Estimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The leaderboard as CSV and JSON.
class BoardFilesTest {

  private static final String HEADER =
      "captioner,model,control,answerer,group,ranks,charts,charts low,charts high,charts n,lift"
          + " over blind,attainable share,attainable share low,attainable share high,best of"
          + " n,circular,judged,questions,images,abstained,unparsed,unsupported,failed,words a"
          + " caption,truncated,empty,filtered,answers truncated,looping,captions/s,\"captions/s,"
          + " cache-warm\",captions/s per GPU,output tokens/s per GPU,J/caption\r\n";

  @Test
  void everyColumnHasItsCell() {
    assertThat(BoardFiles.csv(board(List.of("charts"), full("run"))))
        .isEqualTo(
            HEADER
                + "run,caprl,false,llm,,1–2,50.0,40.0,60.0,12,"
                + "12.5,80.0,70.0,90.0,60.0,30.0,70.0,12,6,"
                + "1.0,2.0,3.0,4.0,88,5.0,7.0,8.0,9.0,6.0,"
                + "1.5,2.5,3.5,4.5,5.5\r\n");
  }

  @Test
  void whatIsNotKnownIsAnEmptyCellAndNullInJson() {
    BoardView board = board(List.of("charts"), empty("run"));
    assertThat(BoardFiles.csv(board))
        .isEqualTo(HEADER + "run,caprl,true,llm,,,,,,,,,,,,,,12,6,,,,,88,,,,,,,,,,\r\n");
    JsonNode row = RunJson.MAPPER.readTree(BoardFiles.json(board)).path("rows").path(0);
    for (String name :
        List.of("ranks", "charts", "charts low", "charts n", "judged", "J/caption")) {
      assertThat(row.path(name).isNull()).as(name).isTrue();
    }
    assertThat(row.path("words a caption").asInt()).isEqualTo(88);
  }

  @Test
  void theJsonHasTheSameFieldsAsTheTable() {
    JsonNode all =
        RunJson.MAPPER.readTree(BoardFiles.json(board(List.of("charts"), full("a"), full("b"))));
    assertThat(all.path("created").asString()).isEqualTo("2026-01-01T00:00:00Z");
    assertThat(all.path("rows").size()).isEqualTo(2);
    JsonNode row = all.path("rows").path(1);
    assertThat(row.path("captioner").asString()).isEqualTo("b");
    assertThat(row.path("charts").isNumber()).isTrue();
    assertThat(row.path("charts").asDouble()).isEqualTo(50);
    assertThat(row.path("charts n").asInt()).isEqualTo(12);
    assertThat(row.path("control").isBoolean()).isTrue();
    assertThat(String.join(",", row.propertyNames())).isEqualTo(HEADER.strip().replace("\"", ""));
  }

  @Test
  void severalDatasetsHaveTheirMacroMeanBeforeThem() {
    Cell mean = cell(0.25);
    Row row = row("run", "caprl", Arrays.asList(mean, null, cell(0.75)));
    List<String> lines = BoardFiles.csv(board(List.of("charts", "maps"), row)).lines().toList();
    assertThat(lines.getFirst())
        .contains(
            ",ranks,macro mean,macro mean low,macro mean high,macro mean n,"
                + "charts,charts low,charts high,charts n,maps,maps low,maps high,maps n,lift");
    assertThat(lines.getLast()).contains(",25.0,15.0,35.0,12,,,,,75.0,65.0,85.0,12,");
  }

  @Test
  void theHeaderComesOnce() {
    List<String> lines =
        BoardFiles.csv(board(List.of("charts"), full("a"), full("b"))).lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(lines.get(1)).startsWith("a,");
    assertThat(lines.get(2)).startsWith("b,");
    assertThat(BoardFiles.csv(board(List.of("charts")))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "plain name;plain name",
        "a,b;\"a,b\"",
        "say \"x\";\"say \"\"x\"\"\"",
        "a=b;a=b",
        "=1+1;'=1+1",
        "@sum;'@sum",
        "=1,2;\"'=1,2\""
      })
  void textsAreQuotedAndFormulasMadeText(String model, String cell) {
    assertThat(modelCell(model)).isEqualTo(cell);
  }

  @Test
  void lineFeedsAreQuotedAndATabInFrontIsText() {
    assertThat(modelCell("a\nb")).isEqualTo("\"a\nb\"");
    assertThat(modelCell("a\rb")).isEqualTo("\"a\rb\"");
    assertThat(modelCell("\tx")).isEqualTo("'\tx");
    assertThat(modelCell("\r=1")).isEqualTo("\"'\r=1\"");
    assertThat(modelCell("=1\n2")).isEqualTo("\"'=1\n2\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"+1+cmd|x", "-2+3+cmd|x"})
  void aNameThatBeginsWithASignIsTextToo(String model) {
    assertThat(modelCell(model)).isEqualTo("'" + model);
  }

  /// What stands between the first and the last column that are known.
  private static String modelCell(String model) {
    String csv = BoardFiles.csv(board(List.of("charts"), row("run", model, List.of(cell(0.5)))));
    String line = csv.substring(HEADER.length());
    assertThat(line).startsWith("run,");
    return line.substring(4, line.indexOf(",true,llm,"));
  }

  private static Row full(String name) {
    return new Row(
        new Label(name, "link", "caprl", "llm", false, ""),
        "1–2",
        true,
        List.of(cell(0.5)),
        new Scores(
            0.125,
            new BoardView.Attained(new AttainableShare(0.8, 0.7, 0.9), 0.1, 0.95),
            0.6,
            0.3,
            0.7),
        12,
        6,
        new OutcomeShares(0.01, 0.02, 0.03, 0.04),
        new Captions(88, 0.05, 0.06, 0.07, 0.08, 0.09),
        new ThroughputView(1.5, 2.5, 3.5, 4.5, 5.5));
  }

  private static Row empty(String name) {
    List<@Nullable Cell> cells = new ArrayList<>();
    cells.add(null);
    return row(name, "caprl", cells);
  }

  private static Row row(String name, String model, List<@Nullable Cell> cells) {
    return new Row(
        new Label(name, "link", model, "llm", true, ""),
        "",
        false,
        cells,
        new Scores(null, null, null, null, null),
        12,
        6,
        new OutcomeShares(null, null, null, null),
        new Captions(88, null, null, null, null, null),
        new ThroughputView(null, null, null, null, null));
  }

  private static Cell cell(double mean) {
    return new Cell(new Estimate(mean, 0.05, mean - 0.1, mean + 0.1, 12, 6));
  }

  private static BoardView board(List<String> datasets, Row... rows) {
    return new BoardView(
        "",
        datasets,
        List.of(rows),
        new BoardColumns(false, false, false, List.of(), List.of()),
        null,
        new Facts("", "", "", ""),
        List.of(),
        false,
        new Figures(Plot.NONE, Plot.NONE),
        new HeatMap(List.of(), List.of()),
        List.of(),
        "2026-01-01T00:00:00Z");
  }
}
