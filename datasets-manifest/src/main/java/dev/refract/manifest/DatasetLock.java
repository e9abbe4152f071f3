package dev.refract.manifest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The exact files of a benchmark as they were fetched once. The lock is stored next to the
/// manifest, and every later fetch must give the same bytes.
///
/// @param source `hub`, `url` or `local`
/// @param revision the commit of a hub repository, or null
public record DatasetLock(
    String id, String source, String place, @Nullable String revision, List<LockedFile> files) {

  public DatasetLock {
    DatasetManifest.needed("id", id);
    DatasetManifest.needed("source", source);
    DatasetManifest.needed("place", place);
    if (DatasetManifest.needed("files", files).isEmpty()) {
      throw new IllegalArgumentException("'files': expected at least one");
    }
    files = List.copyOf(files);
  }

  /// @param size bytes
  /// @param sha256 lower-case hexadecimal
  public record LockedFile(String path, long size, String sha256) {}
}
