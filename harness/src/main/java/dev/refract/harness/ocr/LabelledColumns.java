package dev.refract.harness.ocr;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/// Pairs numbers with the labels below them, as in column charts, line charts and number tiles: the
/// label comes first, then its value, on one line.
///
/// A row of labels contains no numbers, or only an arithmetic progression such as years. The rows
/// directly above it contain only numbers, and each label has exactly one of them straight above.
/// All other rows are left as they were read.
final class LabelledColumns {

  private static final Pattern NUMBER =
      Pattern.compile("[-+~<>$€£]?\\s?\\d[\\d.,:]*\\s?[%KMBkmb]?");

  private LabelledColumns() {}

  /// @param rows from top to bottom, each from left to right
  static List<List<Reading>> paired(List<List<Reading>> rows) {
    List<List<Reading>> result = new ArrayList<>();
    for (List<Reading> row : rows) {
      if (row.size() < 2 || !isLabels(row) || !pair(row, result)) {
        result.add(row);
      }
    }
    return result;
  }

  /// Replaces the number rows at the end of `above` by pairs; returns false and changes nothing
  /// when they do not match the labels.
  private static boolean pair(List<Reading> labels, List<List<Reading>> above) {
    double reach = spacing(labels) / 2;
    List<List<Reading>> values = new ArrayList<>();
    labels.forEach(_ -> values.add(new ArrayList<>()));
    List<Reading> ticks = new ArrayList<>();
    int from = above.size();
    while (from > 0 && above.get(from - 1).stream().allMatch(r -> isNumber(r.text()))) {
      from--;
      for (Reading number : above.get(from)) {
        int nearest = nearest(labels, number.box().x());
        if (Math.abs(labels.get(nearest).box().x() - number.box().x()) <= reach) {
          values.get(nearest).add(number);
        } else {
          ticks.add(number);
        }
      }
    }
    if (!values.stream().allMatch(v -> v.size() == 1)) {
      return false;
    }
    above.subList(from, above.size()).clear();
    ticks.sort(Comparator.comparingDouble(r -> r.box().y()));
    ticks.forEach(tick -> above.add(List.of(tick)));
    for (int i = 0; i < labels.size(); i++) {
      above.add(List.of(labels.get(i), values.get(i).getFirst()));
    }
    return true;
  }

  private static boolean isLabels(List<Reading> row) {
    return row.stream().noneMatch(r -> isNumber(r.text())) || isProgression(row);
  }

  private static boolean isProgression(List<Reading> row) {
    if (row.size() < 3 || !row.stream().allMatch(r -> r.text().matches("\\d{1,4}"))) {
      return false;
    }
    int step = value(row, 1) - value(row, 0);
    for (int i = 2; i < row.size(); i++) {
      if (step <= 0 || value(row, i) - value(row, i - 1) != step) {
        return false;
      }
    }
    return true;
  }

  private static int value(List<Reading> row, int i) {
    return Integer.parseInt(row.get(i).text());
  }

  private static boolean isNumber(String text) {
    return NUMBER.matcher(text).matches();
  }

  private static int nearest(List<Reading> labels, double x) {
    int best = 0;
    for (int i = 1; i < labels.size(); i++) {
      if (Math.abs(labels.get(i).box().x() - x) < Math.abs(labels.get(best).box().x() - x)) {
        best = i;
      }
    }
    return best;
  }

  /// The smallest distance between the centres of two neighbours.
  private static double spacing(List<Reading> labels) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 1; i < labels.size(); i++) {
      least = Math.min(least, labels.get(i).box().x() - labels.get(i - 1).box().x());
    }
    return least;
  }
}
