package dev.refract.harness.dataset.store;

import dev.refract.harness.dataset.DatasetException;
import dev.refract.harness.fetch.Checksum;
import dev.refract.reports.file.RunJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Record of the fetched files of a dataset, written once they have been verified.
///
/// @param source `hub`, `url` or `local`
/// @param place repository, address or folder
/// @param wanted what the manifest asked for: file patterns or a checksum
/// @param revision the commit of a hub repository, or null
public record Receipt(
    String source,
    String place,
    String wanted,
    @Nullable String revision,
    List<FetchedFile> files) {

  /// @param path path in the source
  /// @param file path on this machine
  /// @param size bytes
  /// @param modified modification time, milliseconds since 1970; a file whose size and time are
  ///   unchanged is not read again
  /// @param sha256 SHA-256 of its bytes
  public record FetchedFile(String path, String file, long size, long modified, String sha256) {

    static FetchedFile of(String path, Path file, String sha256) throws IOException {
      return new FetchedFile(
          path,
          file.toAbsolutePath().toString(),
          Files.size(file),
          Files.getLastModifiedTime(file).toMillis(),
          sha256);
    }

    Path at() {
      return Path.of(file);
    }

    /// How the file differs from the fetched one, or empty.
    ///
    /// @param thorough whether to read its bytes even when size and time are unchanged
    Optional<String> changed(boolean thorough) throws IOException {
      if (!Files.exists(at())) {
        return Optional.of(path + ": missing at " + file);
      }
      long now = Files.size(at());
      if (now != size) {
        return Optional.of(
            "%s: %d bytes were fetched, the file now has %d".formatted(path, size, now));
      }
      boolean untouched = Files.getLastModifiedTime(at()).toMillis() == modified;
      if (untouched && !thorough) {
        return Optional.empty();
      }
      String found = Checksum.Kind.SHA256.of(at()).hex();
      return found.equals(sha256)
          ? Optional.empty()
          : Optional.of("%s: SHA-256 was %s, is now %s".formatted(path, sha256, found));
    }
  }

  static Optional<Receipt> read(Path file) {
    try {
      return Files.exists(file)
          ? Optional.of(RunJson.read(file, Receipt.class)).filter(r -> !r.files.isEmpty())
          : Optional.empty();
    } catch (RuntimeException _) {
      return Optional.empty(); // another version: it is rewritten
    }
  }

  void write(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    RunJson.replace(file, RunJson.pretty(this));
  }

  /// Descriptions of the files on disk that differ from this receipt.
  List<String> changes(boolean thorough) {
    List<String> changes = new ArrayList<>();
    for (FetchedFile file : files) {
      try {
        file.changed(thorough).ifPresent(changes::add);
      } catch (IOException e) {
        throw new DatasetException(file.file() + ": cannot be read: " + e);
      }
    }
    return changes;
  }
}
