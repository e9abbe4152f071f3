package dev.refract.harness.dataset.read;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// Folder or archive with the images that rows name by path. Paths cannot point outside of it.
public sealed interface ImageRoot extends AutoCloseable {

  /// A longer name is not shown whole.
  int MAX_NAME_CHARS = 200;

  /// A folder; images are read in place.
  ///
  /// @param lenient whether leading parts of a missing path are removed until a file is found
  record Folder(Path folder, boolean lenient) implements ImageRoot {

    public Folder {
      folder = folder.toAbsolutePath().normalize();
    }

    Path file(String name) throws BadRowException {
      String rest = name;
      while (true) {
        Path file = inside(lenient ? rest.replaceFirst("^/+", "") : rest);
        int slash = rest.indexOf('/');
        if (Files.isRegularFile(file)) {
          return file;
        } else if (!lenient || slash < 0) {
          throw new BadRowException(
              "image '%s' is missing: no file %s"
                  .formatted(
                      Fields.shortened(name),
                      name.length() > MAX_NAME_CHARS
                          ? "of this name"
                          : inside(lenient ? rest : name)));
        }
        rest = rest.substring(slash + 1);
      }
    }

    private Path inside(String name) throws BadRowException {
      try {
        Path file = folder.resolve(name).normalize();
        if (!file.startsWith(folder)) {
          throw new BadRowException(
              "image '" + Fields.shortened(name) + "' is outside of " + folder);
        }
        return file;
      } catch (InvalidPathException e) {
        throw new BadRowException("image: invalid path: " + e.getReason());
      }
    }

    /// The file's path relative to the folder, in normal form.
    String name(Path file) {
      return folder.relativize(file).toString().replace('\\', '/');
    }

    @Override
    public void close() {}
  }

  /// A zip file, read in place and never unpacked, so entries cannot write outside of a folder.
  final class Archive implements ImageRoot {

    private static final int MAX_IMAGE_BYTES = 512 << 20;

    private final ZipFile zip;
    private final boolean lenient;
    private final Map<String, List<ZipEntry>> byEnd = new HashMap<>();

    /// @param lenient whether leading parts of a missing path are removed until an entry is found
    public Archive(Path file, boolean lenient) throws IOException {
      this.lenient = lenient;
      zip = new ZipFile(file.toFile());
      zip.stream()
          .filter(entry -> !entry.isDirectory())
          .forEach(entry -> {
            // Indexed by every suffix of its path: archives often add top-level folders.
            for (String end = entry.getName(); ; end = end.substring(end.indexOf('/') + 1)) {
              byEnd.computeIfAbsent(end, _ -> new ArrayList<>()).add(entry);
              if (end.indexOf('/') < 0) {
                break;
              }
            }
          });
    }

    byte[] bytes(String name) throws BadRowException, IOException {
      try (InputStream in = zip.getInputStream(entry(name))) {
        byte[] bytes = in.readNBytes(MAX_IMAGE_BYTES);
        if (in.read() >= 0) {
          throw new BadRowException("image '" + name + "' unpacks to more than 512 MB");
        }
        return bytes;
      }
    }

    private ZipEntry entry(String name) throws BadRowException {
      String rest = name.replaceFirst("^(\\./|/)+", "");
      while (true) {
        List<ZipEntry> found = byEnd.getOrDefault(rest, List.of());
        String path = rest;
        Optional<ZipEntry> exact =
            found.stream().filter(entry -> entry.getName().equals(path)).findFirst();
        if (exact.isPresent() || found.size() == 1) {
          return exact.orElseGet(found::getFirst);
        } else if (found.size() > 1) {
          throw new BadRowException(
              "image '%s' is ambiguous: %s or %s in the archive"
                  .formatted(name, found.get(0).getName(), found.get(1).getName()));
        }
        int slash = rest.indexOf('/');
        if (!lenient || slash < 0) {
          throw new BadRowException(
              "image '%s' is missing in %s"
                  .formatted(Fields.shortened(name), Path.of(zip.getName()).getFileName()));
        }
        rest = rest.substring(slash + 1);
      }
    }

    @Override
    public void close() throws IOException {
      zip.close();
    }
  }

  @Override
  void close() throws IOException;
}
