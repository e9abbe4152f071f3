package dev.refract.reports.html;

import java.util.List;

/// Figures published elsewhere: shown separately from measured figures, and not ranked.
///
/// @param source where they are printed
/// @param columns datasets, then the average
public record Published(String source, List<String> columns, List<Row> rows) {

  /// @param accuracies as printed, one for each column
  public record Row(String captioner, List<String> accuracies) {}
}
