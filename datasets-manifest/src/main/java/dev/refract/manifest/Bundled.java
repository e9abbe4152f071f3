package dev.refract.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Reads the resources bundled with refract, and the user's files of the same kinds.
final class Bundled {

  private Bundled() {}

  static <T> T read(String path, Class<T> type) {
    return StrictYaml.read(bytes(path + ".yaml"), path + ".yaml", type);
  }

  static String text(String path) {
    return new String(bytes(path), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String path) {
    try (InputStream bytes = Bundled.class.getResourceAsStream(path)) {
      if (bytes == null) {
        throw new IllegalStateException(path + " is not on the class path");
      }
      return bytes.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// @throws ManifestException when the file cannot be read
  static byte[] file(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (NoSuchFileException _) {
      throw new ManifestException(file + ": no such file");
    } catch (IOException e) {
      throw new ManifestException(file + ": cannot be read: " + e);
    }
  }
}
