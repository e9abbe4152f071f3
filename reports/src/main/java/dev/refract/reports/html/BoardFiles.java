package dev.refract.reports.html;

import static dev.refract.reports.render.NumberFormats.FORMAT;

import dev.refract.reports.file.RunJson;
import dev.refract.reports.stats.Estimate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The leaderboard for scripts: the content of the page, with null or an empty cell in place of a
/// dash.
final class BoardFiles {

  /// The columns that are no datasets.
  private static final Set<String> COLUMNS =
      Set.of(
          "captioner",
          "model",
          "control",
          "answerer",
          "ranks",
          "lift over blind",
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
    fields.put("ranks", row.ranks().isEmpty() ? null : row.ranks());
    List<String> names = new ArrayList<>(board.datasets());
    if (names.size() > 1) {
      names.addFirst("macro mean");
    }
    for (int i = 0; i < names.size(); i++) {
      BoardView.Cell cell = row.cells().get(i);
      Estimate accuracy = cell == null ? null : cell.accuracy();
      String column = column(names.get(i));
      fields.put(column, accuracy == null ? null : FORMAT.percent(accuracy.mean()));
      fields.put(column + " interval", accuracy == null ? null : FORMAT.interval(accuracy));
      fields.put(column + " n", accuracy == null ? null : accuracy.n());
    }
    BoardView.Scores scores = row.scores();
    put(fields, "lift over blind", scores.lift(), FORMAT::percent);
    put(fields, "best of n", scores.best(), FORMAT::percent);
    put(fields, "circular", scores.circular(), FORMAT::percent);
    put(fields, "judged", scores.judged(), FORMAT::percent);
    fields.put("questions", row.questions());
    fields.put("images", row.images());
    put(fields, "abstained", row.outcomes().abstained(), FORMAT::percentSign);
    put(fields, "unparsed", row.outcomes().unparsed(), FORMAT::percentSign);
    put(fields, "unsupported", row.outcomes().unsupported(), FORMAT::percentSign);
    put(fields, "failed", row.outcomes().failed(), FORMAT::percentSign);
    fields.put("words a caption", row.captions().words());
    put(fields, "truncated", row.captions().truncated(), FORMAT::percentSign);
    put(fields, "empty", row.captions().empty(), FORMAT::percentSign);
    put(fields, "filtered", row.captions().filtered(), FORMAT::percentSign);
    put(fields, "answers truncated", row.captions().cutAnswers(), FORMAT::percentSign);
    put(fields, "looping", row.captions().looping(), FORMAT::percentSign);
    put(fields, "captions/s", row.speed().captions(), FORMAT::decimal);
    put(fields, "captions/s, cache-warm", row.speed().warmCaptions(), FORMAT::decimal);
    put(fields, "captions/s per GPU", row.speed().perGpu(), FORMAT::decimal);
    put(fields, "output tokens/s per GPU", row.speed().tokens(), FORMAT::decimal);
    put(fields, "J/caption", row.speed().joules(), FORMAT::decimal);
    return fields;
  }

  /// The column of a dataset; one that is called like another column says that it is a dataset.
  private static String column(String dataset) {
    return COLUMNS.contains(dataset) ? "dataset " + dataset : dataset;
  }

  /// An unknown value is null in JSON and an empty cell in CSV.
  private static void put(
      Map<String, @Nullable Object> fields,
      String name,
      @Nullable Double value,
      Function<Double, String> format) {
    fields.put(name, value == null ? null : format.apply(value));
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
