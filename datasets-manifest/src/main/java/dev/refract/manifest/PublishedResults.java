package dev.refract.manifest;

import java.util.List;

/// Accuracies printed in a paper: shown next to a board, marked as published, and not ranked.
///
/// @param protocol id of the protocol with which they were measured
/// @param source paper, answerer and aggregation
/// @param columns ids of datasets
public record PublishedResults(
    String protocol, String source, List<String> columns, List<Row> rows) {

  private static final List<String> FILES = List.of("caprl");

  /// @param accuracies in percent, one for each column
  /// @param average in percent, as printed
  public record Row(String captioner, List<Double> accuracies, double average) {

    public Row {
      DatasetManifest.needed("captioner", captioner);
      accuracies = List.copyOf(DatasetManifest.needed("accuracies", accuracies));
    }
  }

  public PublishedResults {
    DatasetManifest.needed("protocol", protocol);
    DatasetManifest.needed("source", source);
    columns = List.copyOf(DatasetManifest.needed("columns", columns));
    rows = List.copyOf(DatasetManifest.needed("rows", rows));
    for (Row row : rows) {
      if (row.accuracies().size() != columns.size()) {
        throw new IllegalArgumentException(
            "'accuracies': expected %d for '%s', found %d"
                .formatted(columns.size(), row.captioner(), row.accuracies().size()));
      }
    }
  }

  /// The published results with one of these protocols.
  public static List<PublishedResults> by(List<String> protocols) {
    return FILES.stream()
        .map(file -> Bundled.read("/published/" + file, PublishedResults.class))
        .filter(published -> protocols.contains(published.protocol))
        .toList();
  }
}
