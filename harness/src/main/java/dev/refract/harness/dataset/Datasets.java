package dev.refract.harness.dataset;

import dev.refract.manifest.BundledSuite;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// Datasets by what a user calls them: an id, or a folder whose layout is recognised.
public final class Datasets {

  private static final List<DatasetReader> READERS =
      List.of(new JsonlReader(), new ChartQaJsonReader(), new DocVqaJsonReader());

  private Datasets() {}

  /// @param name the id of a bundled suite, or a folder
  /// @throws DatasetException when it is neither, or its content is damaged
  public static Dataset open(String name) {
    if (name.equals(BundledSuite.MINI)) {
      return new Dataset(
          BundledSuite.MINI,
          "refract mini suite",
          "bundled",
          new JsonlReader().read(BundledSuite.mini()));
    }
    Path folder = folder(name);
    for (DatasetReader reader : READERS) {
      if (reader.recognises(folder)) {
        String id = folder.toAbsolutePath().normalize().getFileName().toString();
        return new Dataset(id, id, reader.layout(), reader.read(folder));
      }
    }
    String layouts =
        READERS.stream()
            .map(r -> "  %s: %s".formatted(r.layout(), r.expected()))
            .collect(Collectors.joining("\n"));
    throw new DatasetException(
        "%s: no known layout in this folder; expected one of\n%s".formatted(folder, layouts));
  }

  private static Path folder(String name) {
    try {
      Path folder = Path.of(name);
      if (Files.isDirectory(folder)) {
        return folder;
      }
    } catch (InvalidPathException _) {
      // told below, like any other name that is no folder
    }
    throw new DatasetException(
        "dataset '%s' is neither an id (known: %s) nor a folder"
            .formatted(name, BundledSuite.MINI));
  }
}
