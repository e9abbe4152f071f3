package dev.refract.harness.model;

import dev.refract.reports.file.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Computes one digest over everything that determines a checkpoint's replies: its weights and the
/// files beside them, such as the tokenizer and the chat template. Folder names do not matter.
///
/// A file whose inode, size and modification time are unchanged is not read again.
///
/// @param cache folder for the digests of files
public record CheckpointDigest(Path cache) {

  private static final List<String> WEIGHTS = List.of(".safetensors", ".gguf");
  private static final List<String> BESIDE = List.of(".json", ".jinja", ".model", ".txt");
  private static final int BLOCK_BYTES = 1 << 20;

  /// @param progress called with a message for each file that has been read, by several threads
  /// @return such as `sha256:5e88...`: for a file its own SHA-256, for a folder the SHA-256 of the
  ///   list of its files
  /// @throws ModelUnavailableException when there are no weights
  public String of(Path checkpoint, Consumer<String> progress) throws IOException {
    if (Files.isRegularFile(checkpoint)) {
      return "sha256:" + file(checkpoint, progress);
    } else if (!Files.isDirectory(checkpoint)) {
      throw new ModelUnavailableException(checkpoint + ": no such file or folder");
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(checkpoint)) {
      files =
          all.filter(file -> isPart(file) && Files.isRegularFile(file))
              .sorted((a, b) -> name(a).compareTo(name(b)))
              .toList();
    }
    if (files.stream().noneMatch(file -> endsWith(file, WEIGHTS))) {
      throw new ModelUnavailableException(
          "%s: expected weights as *.safetensors or *.gguf in this folder, found %s"
              .formatted(checkpoint, files.isEmpty() ? "none" : files.size() + " other files"));
    }
    try {
      List<String> lines =
          files.parallelStream().map(file -> name(file) + " " + unchecked(file, progress)).toList();
      return "sha256:" + Sha256.of(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static boolean isPart(Path file) {
    // A shard index only repeats file names, and a trainer's notes do not change replies.
    return endsWith(file, WEIGHTS)
        || (endsWith(file, BESIDE) && !name(file).startsWith("trainer_"));
  }

  private static boolean endsWith(Path file, List<String> endings) {
    String name = name(file).toLowerCase(Locale.ROOT);
    return endings.stream().anyMatch(name::endsWith);
  }

  private static String name(Path file) {
    return file.getFileName().toString();
  }

  private String unchecked(Path file, Consumer<String> progress) {
    try {
      return file(file, progress);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String file(Path file, Consumer<String> progress) throws IOException {
    Path real = file.toRealPath();
    Path known = cache.resolve(Sha256.of(state(real).getBytes(StandardCharsets.UTF_8)));
    if (Files.exists(known)) {
      String digest = Files.readString(known).strip();
      if (digest.matches("[0-9a-f]{64}")) {
        return digest;
      }
    }
    String before = state(real);
    String digest = read(real);
    if (!state(real).equals(before)) {
      throw new IOException(file + " was modified while being read");
    }
    Files.createDirectories(cache);
    Path half = Files.createTempFile(cache, "digest", ".part");
    Files.writeString(half, digest + "\n");
    Files.move(half, known, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    progress.accept("%s: %s, %.1f GB".formatted(file, digest, Files.size(real) / 1e9));
    return digest;
  }

  /// A key that changes when the file is written.
  private static String state(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    Object inode = attributes.fileKey();
    // The time of the last change of any kind cannot be set back, unlike that of the last write.
    Object changed =
        file.getFileSystem().supportedFileAttributeViews().contains("unix")
            ? Files.getAttribute(file, "unix:ctime")
            : "";
    return "%s %d %s %s"
        .formatted(
            inode == null ? file : inode,
            attributes.size(),
            attributes.lastModifiedTime(),
            changed);
  }

  private static String read(Path file) throws IOException {
    MessageDigest sha256 = Sha256.digest();
    byte[] block = new byte[BLOCK_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(block); read >= 0; read = in.read(block)) {
        sha256.update(block, 0, read);
      }
    }
    return HexFormat.of().formatHex(sha256.digest());
  }
}
