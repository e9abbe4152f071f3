package dev.refract.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The benchmarks and suites that refract knows by name: those that come with it, and a user's own
/// folder, whose files add to them or replace them.
public final class DatasetCatalog {

  private static final List<String> IDS =
      List.of(
          "chartqa",
          "chartqapro",
          "charxiv-reasoning",
          "charxiv-descriptive",
          "docvqa",
          "docvqa-test",
          "infovqa",
          "infovqa-test",
          "ocrbench",
          "textvqa",
          "ai2d",
          "mmstar",
          "mmmu",
          "mmmu-pro",
          "seedbench",
          "mathvista",
          "mathverse",
          "mathvision",
          "wemath",
          "visulogic",
          "captionqa",
          "caprl-chartqa",
          "caprl-chartqapro",
          "caprl-charxiv",
          "caprl-infovqa",
          "caprl-mmstar",
          "caprl-mmmu",
          "caprl-mmmu-pro",
          "caprl-seedbench",
          "caprl-mathverse",
          "caprl-mathvision",
          "caprl-wemath",
          "caprl-visulogic");
  private static final List<String> SUITES = List.of("core", "caprl");

  private final Map<String, Entry> datasets;
  private final Map<String, SuiteManifest> suites;

  /// A manifest, where it lies, and what it was locked to.
  ///
  /// @param folder of the user's file, or null for one that comes with refract
  /// @param lock the exact bytes that every fetch must give, or null
  public record Entry(
      DatasetManifest manifest, @Nullable Path folder, @Nullable DatasetLock lock) {}

  private DatasetCatalog(Map<String, Entry> datasets, Map<String, SuiteManifest> suites) {
    this.datasets = datasets;
    this.suites = suites;
  }

  /// @param folder with `*.yaml` and `suites/*.yaml`, or null for none
  /// @throws ManifestException naming file, line and what to do
  public static DatasetCatalog load(@Nullable Path folder) {
    Map<String, Entry> datasets = new java.util.LinkedHashMap<>();
    for (String id : IDS) {
      DatasetManifest manifest = bundled("/datasets/" + id, DatasetManifest.class);
      datasets.put(id, new Entry(manifest, null, folder == null ? null : lock(folder, id)));
    }
    Map<String, SuiteManifest> suites = new TreeMap<>();
    for (String id : SUITES) {
      suites.put(id, bundled("/suites/" + id, SuiteManifest.class));
    }
    if (folder != null) {
      for (Path file : yaml(folder)) {
        Entry entry = read(file);
        datasets.put(entry.manifest.id(), entry);
      }
      Path own = folder.resolve("suites");
      for (Path file : Files.isDirectory(own) ? yaml(own) : List.<Path>of()) {
        SuiteManifest suite = StrictYaml.read(bytes(file), file.toString(), SuiteManifest.class);
        named(file, suite.id());
        suites.put(suite.id(), suite);
      }
    }
    DatasetCatalog catalog = new DatasetCatalog(datasets, suites);
    suites.values().forEach(suite -> suite.datasets().forEach(catalog::get));
    return catalog;
  }

  /// One manifest from a file of its own.
  ///
  /// @throws ManifestException naming file, line and what to do
  public static Entry read(Path file) {
    DatasetManifest manifest = StrictYaml.read(bytes(file), file.toString(), DatasetManifest.class);
    named(file, manifest.id());
    Path folder = java.util.Objects.requireNonNull(file.toAbsolutePath().getParent());
    return new Entry(manifest, folder, lock(folder, manifest.id()));
  }

  /// Where the lock of a dataset lies in a folder of manifests.
  public static Path lockFile(Path folder, String id) {
    return folder.resolve(id + ".lock.json");
  }

  private static @Nullable DatasetLock lock(Path folder, String id) {
    Path file = lockFile(folder, id);
    return Files.exists(file)
        ? StrictYaml.read(bytes(file), file.toString(), DatasetLock.class)
        : null;
  }

  public Collection<Entry> all() {
    return datasets.values();
  }

  public Collection<SuiteManifest> suites() {
    return suites.values();
  }

  public Optional<Entry> find(String id) {
    return Optional.ofNullable(datasets.get(id));
  }

  /// The id that looks most like it, the bundled suite among them.
  public String nearest(String id) {
    List<String> known = new ArrayList<>(datasets.keySet());
    known.add(BundledSuite.MINI);
    return StrictYaml.nearest(known, id);
  }

  /// @throws ManifestException naming the nearest id
  public Entry get(String id) {
    return find(id)
        .orElseThrow(() ->
            new ManifestException(
                "dataset '%s' is unknown; did you mean '%s'? 'refract datasets list' shows all"
                    .formatted(id, nearest(id))));
  }

  /// The manifest as it was written.
  public String text(Entry entry) {
    String id = entry.manifest().id();
    if (entry.folder() != null) {
      return new String(bytes(entry.folder().resolve(id + ".yaml")), StandardCharsets.UTF_8);
    }
    return new String(resource("/datasets/" + id + ".yaml"), StandardCharsets.UTF_8);
  }

  /// @throws ManifestException naming the nearest suite
  public SuiteManifest suite(String id) {
    SuiteManifest suite = suites.get(id);
    if (suite == null) {
      throw new ManifestException(
          "suite '%s' is unknown; did you mean '%s'? known: %s"
              .formatted(
                  id, StrictYaml.nearest(suites.keySet(), id), String.join(", ", suites.keySet())));
    }
    return suite;
  }

  private static void named(Path file, String id) {
    if (!file.getFileName().toString().replaceFirst("\\.ya?ml$", "").equals(id)) {
      throw new ManifestException(
          "%s: 'id' is '%s'; name the file %s.yaml".formatted(file, id, id));
    }
  }

  private static List<Path> yaml(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return new ArrayList<>(
          files
              .filter(f -> f.getFileName().toString().matches(".*(?<!\\.lock)\\.ya?ml"))
              .filter(Files::isRegularFile)
              .sorted()
              .toList());
    } catch (IOException e) {
      throw new ManifestException(folder + ": no such folder of manifests: " + e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new ManifestException(file + ": cannot be read: " + e);
    }
  }

  private static <T> T bundled(String path, Class<T> type) {
    return StrictYaml.read(resource(path + ".yaml"), path + ".yaml", type);
  }

  private static byte[] resource(String name) {
    try (InputStream bytes = DatasetCatalog.class.getResourceAsStream(name)) {
      if (bytes == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return bytes.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
