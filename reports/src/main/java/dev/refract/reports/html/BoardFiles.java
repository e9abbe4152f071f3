package dev.refract.reports.html;

import dev.refract.reports.file.RunJson;
import dev.refract.reports.stats.AttainableShare;
import dev.refract.reports.stats.Estimate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The leaderboard for scripts: the content of the page, with null or an empty cell in place of a
/// dash. Shares are numbers in percent.
final class BoardFiles {

  /// The columns that are no datasets.
  private static final Set<String> COLUMNS =
      Set.of(
          "captioner",
          "model",
          "control",
          "answerer",
          "group",
          "ranks",
          "lift over blind",
          "attainable share",
          "attainable share low",
          "attainable share high",
          "best of n",
          "circular",
          "judged",
          "questions",
          "images",
          "abstained",
          "unparsed",
          "unsupported",
          "failed",
          "words a caption",
          "truncated",
          "empty",
          "filtered",
          "answers truncated",
          "looping",
          "captions/s",
          "captions/s, cache-warm",
          "captions/s per GPU",
          "output tokens/s per GPU",
          "J/caption");

  private static final double DECIMALS = 10_000;

  private BoardFiles() {}

  static String json(BoardView board) {
    List<Map<String, @Nullable Object>> rows = new ArrayList<>();
    board.rows().forEach(row -> rows.add(fields(board, row)));
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("created", board.created());
    all.put("rows", rows);
    return RunJson.pretty(all);
  }

  static String csv(BoardView board) {
    StringBuilder text = new StringBuilder();
    for (BoardView.Row row : board.rows()) {
      Map<String, @Nullable Object> fields = fields(board, row);
      if (text.isEmpty()) {
        text.append(String.join(",", fields.keySet().stream().map(BoardFiles::cell).toList()));
        text.append("\r\n");
      }
      text.append(
          String.join(
              ",",
              fields.values().stream().map(v -> v == null ? "" : cell(v.toString())).toList()));
      text.append("\r\n");
    }
    return text.toString();
  }

  private static Map<String, @Nullable Object> fields(BoardView board, BoardView.Row row) {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("captioner", row.label().name());
    fields.put("model", row.label().model());
    fields.put("control", row.label().control());
    fields.put("answerer", row.label().answerer());
    fields.put("group", row.label().group().isEmpty() ? null : row.label().group());
    fields.put("ranks", row.ranks().isEmpty() ? null : row.ranks());
    List<String> names = new ArrayList<>(board.datasets());
    if (names.size() > 1) {
      names.addFirst("macro mean");
    }
    for (int i = 0; i < names.size(); i++) {
      BoardView.Cell cell = row.cells().get(i);
      Estimate accuracy = cell == null ? null : cell.accuracy();
      String column = column(names.get(i));
      fields.put(column, accuracy == null ? null : percent(accuracy.mean()));
      fields.put(column + " low", accuracy == null ? null : percent(accuracy.low()));
      fields.put(column + " high", accuracy == null ? null : percent(accuracy.high()));
      fields.put(column + " n", accuracy == null ? null : accuracy.n());
    }
    BoardView.Scores scores = row.scores();
    fields.put("lift over blind", percent(scores.lift()));
    AttainableShare share = scores.attained() == null ? null : scores.attained().share();
    fields.put("attainable share", share == null ? null : percent(share.value()));
    fields.put("attainable share low", share == null ? null : percent(share.low()));
    fields.put("attainable share high", share == null ? null : percent(share.high()));
    fields.put("best of n", percent(scores.best()));
    fields.put("circular", percent(scores.circular()));
    fields.put("judged", percent(scores.judged()));
    fields.put("questions", row.questions());
    fields.put("images", row.images());
    fields.put("abstained", percent(row.outcomes().abstained()));
    fields.put("unparsed", percent(row.outcomes().unparsed()));
    fields.put("unsupported", percent(row.outcomes().unsupported()));
    fields.put("failed", percent(row.outcomes().failed()));
    fields.put("words a caption", row.captions().words());
    fields.put("truncated", percent(row.captions().truncated()));
    fields.put("empty", percent(row.captions().empty()));
    fields.put("filtered", percent(row.captions().filtered()));
    fields.put("answers truncated", percent(row.captions().cutAnswers()));
    fields.put("looping", percent(row.captions().looping()));
    fields.put("captions/s", rounded(row.speed().captions()));
    fields.put("captions/s, cache-warm", rounded(row.speed().warmCaptions()));
    fields.put("captions/s per GPU", rounded(row.speed().perGpu()));
    fields.put("output tokens/s per GPU", rounded(row.speed().tokens()));
    fields.put("J/caption", rounded(row.speed().joules()));
    return fields;
  }

  /// The column of a dataset; one that is called like another column says that it is a dataset.
  private static String column(String dataset) {
    return COLUMNS.contains(dataset) ? "dataset " + dataset : dataset;
  }

  /// An unknown value is null in JSON and an empty cell in CSV.
  private static @Nullable Double percent(@Nullable Double share) {
    return share == null ? null : rounded(100 * share);
  }

  private static @Nullable Double rounded(@Nullable Double value) {
    return value == null || !Double.isFinite(value)
        ? null
        : Double.valueOf(Math.rint(value * DECIMALS) / DECIMALS);
  }

  /// Quotes a cell by RFC 4180; marks as text what a spreadsheet would take for a formula.
  private static String cell(String text) {
    String plain = isFormula(text) ? "'" + text : text;
    return plain.matches("(?s).*[\",\r\n].*") ? "\"" + plain.replace("\"", "\"\"") + "\"" : plain;
  }

  /// What Excel, LibreOffice and Google Sheets take for a formula, full-width forms included. A
  /// number may be negative.
  private static boolean isFormula(String text) {
    return text.matches("(?s)\\s*[=@+|%\\-＝＠＋－\t\r\n].*") && !text.matches("-[0-9.]+%?");
  }
}
