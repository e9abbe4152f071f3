package dev.refract.reports.html;

import dev.refract.reports.result.RunJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The leaderboard for scripts: exactly what the page shows.
final class BoardFiles {

  private BoardFiles() {}

  static String json(BoardView board) {
    List<Map<String, Object>> rows = new ArrayList<>();
    board.rows().forEach(row -> rows.add(fields(board, row)));
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("created", board.created());
    all.put("rows", rows);
    return RunJson.pretty(all);
  }

  static String csv(BoardView board) {
    StringBuilder text = new StringBuilder();
    for (BoardView.Row row : board.rows()) {
      Map<String, Object> fields = fields(board, row);
      if (text.isEmpty()) {
        text.append(String.join(",", fields.keySet().stream().map(BoardFiles::cell).toList()));
        text.append("\r\n");
      }
      text.append(
          String.join(",", fields.values().stream().map(v -> cell(String.valueOf(v))).toList()));
      text.append("\r\n");
    }
    return text.toString();
  }

  private static Map<String, Object> fields(BoardView board, BoardView.Row row) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("captioner", row.name());
    fields.put("model", row.model());
    fields.put("control", row.control());
    fields.put("answerer", row.answerer());
    fields.put("ranks", row.ranks());
    List<String> names = new ArrayList<>(board.datasets());
    if (names.size() > 1) {
      names.addFirst("macro mean");
    }
    for (int i = 0; i < names.size(); i++) {
      BoardView.Cell cell = row.cells().get(i);
      fields.put(names.get(i), cell == null ? "" : cell.value());
      fields.put(names.get(i) + " interval", cell == null ? "" : cell.interval());
      fields.put(names.get(i) + " n", cell == null ? "" : cell.n());
    }
    fields.put("lift over blind", row.lift());
    fields.put("best of n", row.best());
    fields.put("circular", row.circular());
    fields.put("judged", row.judged());
    fields.put("questions", row.planned());
    fields.put("images", row.images());
    fields.put("abstained", row.abstained());
    fields.put("unparsed", row.unparsed());
    fields.put("unsupported", row.unsupported());
    fields.put("failed", row.failed());
    fields.put("words a caption", row.captionWords());
    fields.put("truncated", row.truncated());
    fields.put("looping", row.looping());
    fields.put("captions/s", row.speed().captions());
    fields.put("captions/s, cache-warm", row.speed().warmCaptions());
    fields.put("captions/s per GPU", row.speed().perGpu());
    fields.put("output tokens/s per GPU", row.speed().tokens());
    fields.put("J/caption", row.speed().joules());
    return fields;
  }

  /// Quoted as RFC 4180 says; what a spreadsheet would take for a formula is text.
  private static String cell(String text) {
    String plain = text.matches("(?s)[=@\t\r].*") ? "'" + text : text;
    return plain.matches("(?s).*[\",\r\n].*") ? "\"" + plain.replace("\"", "\"\"") + "\"" : plain;
  }
}
