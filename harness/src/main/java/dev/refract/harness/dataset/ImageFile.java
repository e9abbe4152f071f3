package dev.refract.harness.dataset;

import dev.refract.harness.model.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// An image of a dataset.
///
/// @param name in its dataset, with `/`
/// @param file where its bytes are
/// @param sha256 of its bytes; null until somebody has read them
public record ImageFile(String name, Path file, @Nullable String sha256) {

  /// @throws IOException when it cannot be read, or is not what it was
  public byte[] bytes() throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    if (sha256 != null && !Sha256.of(bytes).equals(sha256)) {
      throw new IOException(file + " is damaged; delete it, and the command makes it anew");
    }
    return bytes;
  }

  /// With the digest of its bytes.
  public ImageFile identified(byte[] bytes) {
    return new ImageFile(name, file, Sha256.of(bytes));
  }

  /// The digest of its bytes.
  ///
  /// @throws IllegalStateException when nobody has read them
  public String identity() {
    if (sha256 == null) {
      throw new IllegalStateException(name + " has not been read");
    }
    return sha256;
  }
}
