package dev.refract.harness.dataset;

import dev.refract.reports.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// An image of a dataset.
///
/// @param name its path within the dataset, with `/` as separator
/// @param file the file with its bytes
/// @param sha256 SHA-256 of its bytes; null until they have been read
public record ImageFile(String name, Path file, @Nullable String sha256) {

  /// @throws IOException when the file cannot be read, or no longer matches its digest
  public byte[] bytes() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (sha256 != null && !Sha256.of(bytes).equals(sha256)) {
      throw new IOException(file + " is damaged; delete it, and the command recreates it");
    }
    return bytes;
  }

  /// The same image with the digest of these bytes.
  public ImageFile identified(byte[] bytes) {
    return new ImageFile(name, file, Sha256.of(bytes));
  }

  /// The digest of its bytes.
  ///
  /// @throws IllegalStateException when the bytes have not been read
  public String identity() {
    if (sha256 == null) {
      throw new IllegalStateException(name + " has not been read");
    }
    return sha256;
  }
}
