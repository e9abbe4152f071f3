package dev.refract.reports.html;

import java.util.List;

/// Figures that somebody else has published: shown apart from what was measured, and ranked with
/// nothing.
///
/// @param source where they are printed
/// @param columns datasets, then the average
public record Published(String source, List<String> columns, List<Row> rows) {

  /// @param accuracies as printed, one for each column
  public record Row(String captioner, List<String> accuracies) {}
}
