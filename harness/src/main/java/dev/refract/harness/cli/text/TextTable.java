package dev.refract.harness.cli.text;

import java.util.List;
import java.util.stream.IntStream;

/// Formats a table with aligned columns.
public final class TextTable {

  private TextTable() {}

  /// @param lines rows, all with the same number of cells
  /// @param left how many columns are left-aligned; the others are right-aligned
  static String columns(List<List<String>> lines, int left, String indent) {
    int[] widths =
        IntStream.range(0, lines.getFirst().size())
            .map(c -> lines.stream().mapToInt(line -> line.get(c).length()).max().orElse(0))
            .toArray();
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      StringBuilder cells = new StringBuilder(indent);
      for (int c = 0; c < widths.length; c++) {
        String pad = " ".repeat(widths[c] - line.get(c).length());
        cells.append(c < left ? line.get(c) + pad : pad + line.get(c)).append("  ");
      }
      text.append(cells.toString().stripTrailing()).append('\n');
    }
    return text.toString();
  }
}
