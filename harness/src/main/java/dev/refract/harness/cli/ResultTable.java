package dev.refract.harness.cli;

import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.result.Summary;
import dev.refract.reports.result.Summary.Group;
import dev.refract.reports.stats.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Results as aligned columns: a line for each run and dataset, and the macro mean where there are
/// several.
final class ResultTable {

  private static final List<String> HEAD =
      List.of(
          "captioner",
          "dataset",
          "n",
          "images",
          "accuracy",
          "95% interval",
          "abstained",
          "unparsed",
          "failed",
          "captions/s");

  private ResultTable() {}

  static String of(List<RunFile> runs) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEAD);
    for (RunFile run : runs) {
      Summary summary = run.summary();
      RunRecord record = run.record();
      String name = record.name();
      String rate =
          summary.timing().captionsPerSecond() > 0 && !record.isControl()
              ? number("%.2f", summary.timing().captionsPerSecond())
              : "-";
      for (Group g : summary.datasets()) {
        rows.add(
            row(
                name,
                g.name(),
                g.planned(),
                g.images(),
                g.accuracy(),
                g.abstained(),
                g.unparsed(),
                g.failed(),
                rate));
      }
      if (summary.datasets().size() > 1) {
        Summary.Overall o = summary.overall();
        rows.add(
            row(
                name,
                "macro mean",
                o.planned(),
                o.images(),
                o.accuracy(),
                o.abstained(),
                o.unparsed(),
                o.failed(),
                rate));
      }
    }
    return aligned(rows);
  }

  private static List<String> row(
      String name,
      String dataset,
      int n,
      int images,
      Estimate e,
      int abstained,
      int unparsed,
      int failed,
      String rate) {
    return List.of(
        name,
        dataset,
        "" + n,
        "" + images,
        number("%.1f%%", 100 * e.mean()),
        number("[%.1f, %.1f]", 100 * e.low(), 100 * e.high()),
        percent(abstained, n),
        percent(unparsed, n),
        percent(failed, n),
        rate);
  }

  private static String percent(int part, int whole) {
    return number("%.1f%%", 100.0 * part / whole);
  }

  @SuppressWarnings("AnnotateFormatMethod") // its callers are on this page
  private static String number(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  private static String aligned(List<List<String>> rows) {
    int[] widths = new int[HEAD.size()];
    for (List<String> row : rows) {
      for (int c = 0; c < widths.length; c++) {
        widths[c] = Math.max(widths[c], row.get(c).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int c = 0; c < widths.length; c++) {
        String pad = " ".repeat(widths[c] - row.get(c).length());
        line.append(c < 2 ? row.get(c) + pad : pad + row.get(c)).append("  ");
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
