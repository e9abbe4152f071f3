package dev.refract.manifest;

import java.util.List;

/// Benchmarks that are run together.
///
/// @param datasets ids, at least one
public record SuiteManifest(String id, String title, List<String> datasets) {

  public SuiteManifest {
    DatasetManifest.needed("id", id);
    DatasetManifest.needed("title", title);
    if (DatasetManifest.needed("datasets", datasets).isEmpty()) {
      throw new IllegalArgumentException("'datasets': expected at least one");
    }
    datasets = List.copyOf(datasets);
  }
}
