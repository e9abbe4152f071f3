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
import java.util.zip.CRC32;
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
      // Lists made on Windows have backslashes, which elsewhere may be part of a name.
      String rest =
          name.indexOf('\\') >= 0 && !Files.isRegularFile(inside(name))
              ? name.replace('\\', '/')
              : name;
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

    /// More than any page or chart; less than what a small archive can unpack to.
    private static final int MAX_IMAGE_BYTES = 64 << 20;

    /// Of an entry's path, since it is kept once for each of its folders.
    private static final int MAX_ENTRY_CHARS = 1_000;

    private final ZipFile zip;
    private final boolean lenient;
    private final Map<String, List<ZipEntry>> byEnd = new HashMap<>();

    /// @param lenient whether leading parts of a missing path are removed until an entry is found
    public Archive(Path file, boolean lenient) throws IOException {
      this.lenient = lenient;
      zip = new ZipFile(file.toFile());
      zip.stream()
          .filter(entry -> !entry.isDirectory() && entry.getName().length() <= MAX_ENTRY_CHARS)
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

    /// The bytes as they come: the length that the archive declares is not believed.
    byte[] bytes(String name) throws BadRowException {
      ZipEntry entry = entry(name);
      try (InputStream in = zip.getInputStream(entry)) {
        byte[] bytes = in.readNBytes(MAX_IMAGE_BYTES);
        if (in.read() >= 0) {
          throw damaged(entry, "unpacks to more than %d MB".formatted(MAX_IMAGE_BYTES >> 20));
        } else if (entry.getSize() >= 0 && bytes.length != entry.getSize()) {
          throw damaged(
              entry, "has %d bytes, declares %d".formatted(bytes.length, entry.getSize()));
        }
        CRC32 crc = new CRC32();
        crc.update(bytes);
        if (entry.getCrc() >= 0 && crc.getValue() != entry.getCrc()) {
          throw damaged(entry, "does not match its checksum");
        }
        return bytes;
      } catch (IOException e) {
        throw damaged(entry, "cannot be unpacked: " + e.getMessage());
      }
    }

    private BadRowException damaged(ZipEntry entry, String problem) {
      return new BadRowException(
          "image '%s' in %s %s"
              .formatted(
                  Fields.shortened(entry.getName()),
                  Path.of(zip.getName()).getFileName(),
                  problem));
    }

    private ZipEntry entry(String name) throws BadRowException {
      String rest =
          (byEnd.containsKey(name) ? name : name.replace('\\', '/')).replaceFirst("^(\\./|/)+", "");
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
