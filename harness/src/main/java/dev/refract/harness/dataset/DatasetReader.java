package dev.refract.harness.dataset;

import java.nio.file.Path;
import java.util.List;

/// Reads one layout in which benchmarks come.
public sealed interface DatasetReader permits JsonlReader, ChartQaJsonReader, DocVqaJsonReader {

  /// What the layout is called, in messages and in `run.json`.
  String layout();

  /// What marks a folder of this layout, for the message when none fits.
  String expected();

  /// Whether the folder looks like this layout; reads names, not contents.
  boolean recognises(Path folder);

  /// @throws DatasetException naming file and entry when the content is not what the layout
  ///   promises
  List<Sample> read(Path folder);
}
