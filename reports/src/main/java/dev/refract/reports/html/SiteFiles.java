package dev.refract.reports.html;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The files of a site. An unchanged file is not written, and a folder whose inputs are unchanged
/// is not built again.
final class SiteFiles {

  /// Identifies the inputs of a folder's pages. It is written last, and marks the folder as part of
  /// the site.
  private static final String STAMP_FILE = "stamp.txt";

  /// Says that a folder is a site.
  private static final String MARKER = ".refract-site";

  /// What a site consists of.
  private static final List<String> NAMES =
      List.of(
          "index.html",
          "methodology.html",
          "throughput.html",
          "board.csv",
          "board.json",
          "assets",
          "runs",
          "compare",
          "across",
          "images");

  private final Path folder;
  private final Set<Path> kept = new HashSet<>();

  /// @param folder of the site
  SiteFiles(Path folder) {
    this.folder = folder;
  }

  /// @param name with `/`, below the folder
  void write(String name, String content) throws IOException {
    write(name, content.getBytes(StandardCharsets.UTF_8));
  }

  void write(String name, byte[] bytes) throws IOException {
    Path file = folder.resolve(name);
    if (Files.exists(file)
        && Files.size(file) == bytes.length
        && Arrays.equals(Files.readAllBytes(file), bytes)) {
      return;
    }
    Files.createDirectories(file.getParent());
    // A temporary file of this thread's own: two processes may build the same site.
    Path half =
        file.resolveSibling(
            ".%s.%d-%d.part"
                .formatted(
                    file.getFileName(),
                    ProcessHandle.current().pid(),
                    Thread.currentThread().threadId()));
    Files.write(half, bytes);
    Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  Path folder() {
    return folder;
  }

  /// What of a folder that is no site yet a site would overwrite, or what a link in it would lead
  /// out of it; empty when the folder can be used.
  static Optional<Path> foreign(Path folder) throws IOException {
    boolean own = Files.isRegularFile(folder.resolve(MARKER), LinkOption.NOFOLLOW_LINKS);
    for (String name : NAMES) {
      Path file = folder.resolve(name);
      if (Files.isSymbolicLink(file)
          || !own && Files.exists(file) && !isFormerSite(folder.resolve("index.html"))) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  /// Whether a refract before the marker wrote this page.
  private static boolean isFormerSite(Path page) throws IOException {
    return Files.isRegularFile(page)
        && Files.readString(page, StandardCharsets.ISO_8859_1).contains("assets/refract.css");
  }

  /// Marks the folder as a site.
  void claim() throws IOException {
    Files.createDirectories(folder);
    Optional<Path> foreign = foreign(folder);
    if (foreign.isPresent()) {
      throw new IOException(foreign.get() + " was not made by refract");
    }
    write(
        MARKER,
        "The pages in this folder were made by refract, which replaces and removes them.\n");
  }

  /// Whether a folder of the site was built from the same inputs; if not, its old content is
  /// removed. In both cases the folder belongs to the site from now on.
  boolean isMade(String name, String stamp) {
    Path made = folder.resolve(name);
    kept.add(made);
    try {
      Path file = made.resolve(STAMP_FILE);
      if (Files.exists(file) && Files.readString(file).equals(stamp)) {
        return true;
      } else if (Files.exists(file)) {
        remove(made);
      }
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void made(String name, String stamp) throws IOException {
    write(name + "/" + STAMP_FILE, stamp);
  }

  /// Removes the folders below `parent` that an earlier build wrote and this one did not.
  void sweep(String parent) throws IOException {
    Path above = folder.resolve(parent);
    if (!Files.isDirectory(above)) {
      return;
    }
    List<Path> gone;
    try (Stream<Path> below = Files.list(above)) {
      gone =
          below
              .filter(f -> !kept.contains(f) && Files.isRegularFile(f.resolve(STAMP_FILE)))
              .sorted()
              .toList();
    }
    for (Path old : gone) {
      remove(old);
    }
  }

  private static void remove(Path made) throws IOException {
    try (Stream<Path> all = Files.walk(made)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
