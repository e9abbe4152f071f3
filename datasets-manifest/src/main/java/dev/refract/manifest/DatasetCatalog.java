package dev.refract.manifest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The benchmarks and suites known by name: the bundled ones, and those in a user's folder, which
/// add to them or replace them.
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
  private final Map<String, ManifestException> broken;

  /// A manifest, its location and its lock.
  ///
  /// @param folder folder of the user's file, or null for a bundled manifest
  /// @param lock the exact bytes that every fetch must give, or null
  public record Entry(
      DatasetManifest manifest, @Nullable Path folder, @Nullable DatasetLock lock) {}

  private DatasetCatalog(
      Map<String, Entry> datasets,
      Map<String, SuiteManifest> suites,
      Map<String, ManifestException> broken) {
    this.datasets = datasets;
    this.suites = suites;
    this.broken = broken;
  }

  /// @param folder folder with `*.yaml` and `suites/*.yaml`, or null for none; a broken file is
  ///   reported when its id is requested, and by {@link #problems}
  public static DatasetCatalog load(@Nullable Path folder) {
    Map<String, Entry> datasets = new java.util.LinkedHashMap<>();
    for (String id : IDS) {
      DatasetManifest manifest = Bundled.read("/datasets/" + id, DatasetManifest.class);
      datasets.put(id, new Entry(manifest, null, null));
    }
    Map<String, SuiteManifest> suites = new TreeMap<>();
    for (String id : SUITES) {
      suites.put(id, Bundled.read("/suites/" + id, SuiteManifest.class));
    }
    Map<String, ManifestException> broken = new TreeMap<>();
    if (folder != null) {
      for (String id : IDS) {
        attempt(
            id,
            broken,
            () -> {
              DatasetManifest manifest = Objects.requireNonNull(datasets.get(id)).manifest;
              datasets.put(id, new Entry(manifest, null, lock(folder, id)));
            });
      }
      for (Path file : yaml(folder)) {
        attempt(
            stem(file),
            broken,
            () -> {
              Entry entry = read(file);
              datasets.put(entry.manifest.id(), entry);
            });
      }
      Path own = folder.resolve("suites");
      for (Path file : Files.isDirectory(own) ? yaml(own) : List.<Path>of()) {
        attempt(
            stem(file),
            broken,
            () -> {
              SuiteManifest suite =
                  StrictYaml.read(Bundled.file(file), file.toString(), SuiteManifest.class);
              named(file, suite.id());
              suites.put(suite.id(), suite);
            });
      }
    }
    return new DatasetCatalog(datasets, suites, broken);
  }

  /// Records a broken file, so that it affects only requests for its id.
  private static void attempt(String id, Map<String, ManifestException> broken, Runnable reading) {
    try {
      reading.run();
    } catch (ManifestException e) {
      broken.put(id, e);
    }
  }

  /// The problems of the user's files that could not be read.
  public List<String> problems() {
    return broken.values().stream().map(e -> String.valueOf(e.getMessage())).toList();
  }

  /// Reads one manifest from a file.
  ///
  /// @throws ManifestException when the file is invalid; the message names file, line and remedy
  public static Entry read(Path file) {
    DatasetManifest manifest =
        StrictYaml.read(Bundled.file(file), file.toString(), DatasetManifest.class);
    named(file, manifest.id());
    Path folder = java.util.Objects.requireNonNull(file.toAbsolutePath().getParent());
    return new Entry(manifest, folder, lock(folder, manifest.id()));
  }

  /// Path of a dataset's lock in a folder of manifests.
  public static Path lockFile(Path folder, String id) {
    return folder.resolve(id + ".lock.json");
  }

  private static @Nullable DatasetLock lock(Path folder, String id) {
    Path file = lockFile(folder, id);
    try {
      return Files.exists(file)
          ? StrictYaml.read(Bundled.file(file), file.toString(), DatasetLock.class)
          : null;
    } catch (ManifestException e) {
      throw new ManifestException(e.getMessage() + "; fix it, or delete it and lock again");
    }
  }

  public Collection<Entry> all() {
    return datasets.values();
  }

  public Collection<SuiteManifest> suites() {
    return suites.values();
  }

  /// @throws ManifestException when the user's file of that name is broken
  public Optional<Entry> find(String id) {
    ManifestException problem = broken.get(id);
    if (problem != null) {
      throw problem;
    }
    return Optional.ofNullable(datasets.get(id));
  }

  /// `; did you mean 'x'?` when a similar id exists, including the bundled suite's; else empty.
  public String didYouMean(String id) {
    List<String> known = new ArrayList<>(datasets.keySet());
    known.add(BundledSuite.MINI);
    return StrictYaml.didYouMean(known, id);
  }

  /// @throws ManifestException when the id is unknown; the message names the nearest id
  public Entry get(String id) {
    return find(id)
        .orElseThrow(() ->
            new ManifestException(
                id.equals(BundledSuite.MINI)
                    ? "dataset 'mini' is bundled: it has no manifest and needs no fetch"
                    : "dataset '%s' is unknown%s ('refract datasets list' shows all)"
                        .formatted(id, didYouMean(id))));
  }

  /// The manifest's YAML text.
  public String text(Entry entry) {
    String id = entry.manifest().id();
    if (entry.folder() != null) {
      return new String(Bundled.file(entry.folder().resolve(id + ".yaml")), StandardCharsets.UTF_8);
    }
    return Bundled.text("/datasets/" + id + ".yaml");
  }

  /// @throws ManifestException when the suite is unknown; the message names the nearest one
  public SuiteManifest suite(String id) {
    SuiteManifest suite = suites.get(id);
    ManifestException problem = broken.get(id);
    if (problem != null) {
      throw problem;
    } else if (suite == null) {
      throw new ManifestException(
          "suite '%s' is unknown%s (known: %s)"
              .formatted(
                  id,
                  StrictYaml.didYouMean(suites.keySet(), id),
                  String.join(", ", suites.keySet())));
    }
    for (String dataset : suite.datasets()) {
      if (!dataset.equals(BundledSuite.MINI) && find(dataset).isEmpty()) {
        throw new ManifestException(
            "suite '%s': dataset '%s' is unknown%s".formatted(id, dataset, didYouMean(dataset)));
      }
    }
    return suite;
  }

  private static void named(Path file, String id) {
    if (!stem(file).equals(id)) {
      throw new ManifestException(
          "%s: 'id' is '%s'; name the file %s.yaml".formatted(file, id, id));
    }
  }

  private static String stem(Path file) {
    return file.getFileName().toString().replaceFirst("\\.ya?ml$", "");
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
      throw new ManifestException(folder + ": cannot list this folder of manifests: " + e);
    }
  }
}
