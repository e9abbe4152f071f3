package dev.refract.harness.dataset.store;

import dev.refract.harness.dataset.Dataset;
import dev.refract.harness.dataset.Dataset.Origin;
import dev.refract.harness.dataset.DatasetException;
import dev.refract.harness.dataset.read.ImageRoot;
import dev.refract.harness.dataset.read.Layout;
import dev.refract.harness.dataset.read.Reading;
import dev.refract.harness.dataset.store.DatasetStore.Request;
import dev.refract.manifest.BundledSuite;
import dev.refract.manifest.DatasetCatalog;
import dev.refract.manifest.DatasetManifest.ImageRule;
import dev.refract.manifest.DatasetSource.Format;
import dev.refract.manifest.MetricName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Opens datasets by id, by manifest file, by folder in a known layout, or by CapRL file.
public final class Datasets {

  private final DatasetCatalog catalog;
  private final DatasetStore store;
  private final @Nullable Path imageRoot;

  /// @param imageRoot folder of the images of CapRL's files; null for the folder of the file
  public Datasets(DatasetCatalog catalog, DatasetStore store, @Nullable Path imageRoot) {
    this.catalog = catalog;
    this.store = store;
    this.imageRoot = imageRoot;
  }

  /// @throws DatasetException when the name is none of these, or the dataset is damaged
  public Dataset open(String name, Request request) throws IOException, InterruptedException {
    if (name.equals(BundledSuite.MINI)) {
      return mini();
    }
    Optional<DatasetCatalog.Entry> known = catalog.find(name);
    if (known.isPresent()) {
      return store.open(known.get(), request);
    }
    Path path = path(name);
    if (Files.isDirectory(path)) {
      return folder(path);
    } else if (name.matches(".*\\.ya?ml")) {
      return store.open(DatasetCatalog.read(path), request);
    } else if (name.matches(".*\\.jsonl?")) {
      return capRl(path);
    }
    throw new DatasetException(
        "%s: this file needs a manifest, a YAML file that names its columns; for an example run 'refract datasets show chartqa --manifest'"
            .formatted(path));
  }

  /// The suite bundled with refract.
  public static Dataset mini() {
    return read(
        BundledSuite.MINI,
        "refract mini suite",
        new Origin("bundled", null, "CC0-1.0", ImageRule.SHOW, null),
        Layout.JSONL.recognise(BundledSuite.mini()).orElseThrow());
  }

  private static Dataset folder(Path folder) {
    for (Layout layout : Layout.values()) {
      Optional<Reading> reading = layout.recognise(folder);
      if (reading.isPresent()) {
        String id = folder.toAbsolutePath().normalize().getFileName().toString();
        return read(id, id, Origin.folder(layout.title()), reading.get());
      }
    }
    String layouts =
        Stream.of(Layout.values())
            .map(l -> "  %s: %s".formatted(l.title(), l.expected()))
            .collect(Collectors.joining("\n"));
    throw new DatasetException(
        "%s: no known layout in this folder; expected one of\n%s\n  or give a manifest instead of the folder: %s"
            .formatted(folder, layouts, folder.resolve("NAME.yaml")));
  }

  private Dataset capRl(Path file) {
    Path beside = Objects.requireNonNull(file.toAbsolutePath().getParent());
    Reading reading =
        new Reading(
            List.of(new Reading.Part(file, Format.CAPRL, Format.CAPRL.usual(), "", null)),
            new ImageRoot.Folder(imageRoot == null ? beside : imageRoot, true),
            null,
            category(file.getFileName().toString()),
            MetricName.CAPRL,
            true,
            Map.of());
    String id = file.getFileName().toString().replaceFirst("\\.jsonl?$", "");
    return read(id, id, Origin.folder("CapRL"), reading);
  }

  /// CapRL's scorer recognises charts and infographics by these letters in the file's path. Here
  /// the file name decides, or the manifest for benchmarks that have one.
  private static String category(String fileName) {
    String name = fileName.toLowerCase(Locale.ROOT);
    if (name.contains("char")) {
      return "chart";
    }
    return name.contains("info") ? "infographic" : "image";
  }

  private static Dataset read(String id, String title, Origin origin, Reading reading) {
    Reading.Result result = reading.read();
    return Dataset.whole(id, title, origin, result.samples(), result.bad(), result.notes());
  }

  private Path path(String name) {
    try {
      Path path = Path.of(name);
      if (Files.exists(path)) {
        return path;
      }
    } catch (InvalidPathException _) {
      // reported below, like any other unknown name
    }
    throw new DatasetException(
        "dataset '%s' is not an id ('refract datasets list' shows all), a folder or a file%s"
            .formatted(name, catalog.didYouMean(name)));
  }
}
