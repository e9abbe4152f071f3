package dev.refract.harness.ocr;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Builds a transcript that reads like a description: rows from top to bottom, each row from left
/// to right.
///
/// Pieces that overlap vertically by more than half share a row, so a bar's label and its value
/// stay together and a table keeps its columns in order. Vertical text, such as an axis title,
/// comes last.
final class ReadingOrder {

  private static final double MIN_LINE_OVERLAP = 0.5;

  private ReadingOrder() {}

  /// Lines of text; a wide gap between two pieces of a row becomes two blanks.
  static String transcript(List<Reading> readings) {
    List<Reading> lying = new ArrayList<>();
    List<Reading> standing = new ArrayList<>();
    for (Reading reading : readings) {
      (Math.abs(Math.cos(reading.box().angle())) > 0.5 ? lying : standing).add(reading);
    }
    StringBuilder text = new StringBuilder();
    for (List<Reading> row : LabelledColumns.paired(rows(lying))) {
      text.append(line(row)).append('\n');
    }
    standing.sort(
        Comparator.comparingDouble((Reading r) -> r.box().x())
            .thenComparingDouble(r -> r.box().y()));
    for (Reading reading : standing) {
      text.append(reading.text()).append('\n');
    }
    return text.toString().strip();
  }

  static List<List<Reading>> rows(List<Reading> readings) {
    List<Reading> sorted = new ArrayList<>(readings);
    sorted.sort(
        Comparator.comparingDouble((Reading r) -> r.box().y())
            .thenComparingDouble(r -> r.box().x()));
    List<List<Reading>> rows = new ArrayList<>();
    for (Reading reading : sorted) {
      List<Reading> home = null;
      double most = MIN_LINE_OVERLAP;
      for (List<Reading> row : rows.reversed().subList(0, Math.min(4, rows.size()))) {
        double overlap = overlap(row.getLast().box(), reading.box());
        if (overlap > most
            && row.stream().noneMatch(r -> besideEachOther(r.box(), reading.box()) < 0)) {
          home = row;
          most = overlap;
        }
      }
      if (home == null) {
        rows.add(new ArrayList<>(List.of(reading)));
      } else {
        home.add(reading);
      }
    }
    rows.forEach(row -> row.sort(Comparator.comparingDouble(r -> r.box().left())));
    return rows;
  }

  private static String line(List<Reading> row) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < row.size(); i++) {
      if (i > 0) {
        double gap = besideEachOther(row.get(i - 1).box(), row.get(i).box());
        line.append(gap > 0.6 * row.get(i).box().height() ? "  " : " ");
      }
      line.append(row.get(i).text());
    }
    return line.toString();
  }

  /// Shared height as a fraction of the smaller height, in [0, 1].
  private static double overlap(TextBox a, TextBox b) {
    double shared = Math.min(a.bottom(), b.bottom()) - Math.max(a.top(), b.top());
    return shared / Math.min(a.outerHeight(), b.outerHeight());
  }

  /// Horizontal gap between two boxes in pixels; clearly negative when one is above the other.
  private static double besideEachOther(TextBox a, TextBox b) {
    double gap = Math.max(a.left(), b.left()) - Math.min(a.right(), b.right());
    double slack = 0.5 * Math.min(a.outerHeight(), b.outerHeight());
    return gap < 0 && gap > -slack ? 0 : gap;
  }
}
