package dev.refract.harness.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A folder for the saved caches of a server's slots, some megabytes. One whose process was killed
/// is removed by the next.
record StateFolder(Path path) implements AutoCloseable {

  private static final String PREFIX = "refract-slots-";
  private static final Pattern NAME = Pattern.compile(PREFIX + "(\\d{1,9})-\\d+");

  static StateFolder create() throws IOException {
    String own = PREFIX + ProcessHandle.current().pid() + "-";
    StateFolder folder = new StateFolder(Files.createTempDirectory(own));
    removeAbandoned(Objects.requireNonNull(folder.path.getParent()));
    return folder;
  }

  static void removeAbandoned(Path parent) throws IOException {
    try (Stream<Path> all = Files.list(parent)) {
      for (Path other : all.toList()) {
        Matcher name = NAME.matcher(other.getFileName().toString());
        if (name.matches() && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()) {
          new StateFolder(other).close();
        }
      }
    }
  }

  /// Removes it as far as that is allowed.
  @Override
  public void close() {
    try (Stream<Path> files = Files.list(path)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(path);
    } catch (IOException _) {
      // another user's, or removed at this moment
    }
  }
}
