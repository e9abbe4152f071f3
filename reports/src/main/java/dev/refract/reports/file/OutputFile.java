package dev.refract.reports.file;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Optional;

/// A file that a user named for a result. It is touched only after all inputs were read, and then
/// replaced in one step. What is no plain file (a device, a pipe, a link to a file) is written
/// through and never replaced by one.
///
/// @param option the option that named it, for messages
public record OutputFile(String option, Path path) {

  /// More links than this in a row are a circle.
  private static final int MAX_LINKS = 40;

  /// What this output would damage: an input, as {@link #overwritten}, or a run, as {@link
  /// #insideRun}.
  public Optional<Path> damaged(Collection<Path> inputs) throws IOException {
    Optional<Path> input = overwritten(inputs);
    return input.isPresent() ? input : insideRun();
  }

  /// The input that this output would overwrite, or whose folder it is in.
  ///
  /// @param inputs files and run folders
  public Optional<Path> overwritten(Collection<Path> inputs) throws IOException {
    Path own = place();
    for (Path input : inputs) {
      boolean same =
          Files.exists(own) && Files.exists(input)
              ? Files.isSameFile(own, input)
              : own.equals(whole(input));
      if (same || Files.isDirectory(input) && own.startsWith(whole(input))) {
        return Optional.of(input);
      }
    }
    return Optional.empty();
  }

  /// The run, or the folder of runs' pictures, inside which this output would be.
  public Optional<Path> insideRun() throws IOException {
    Path own = Files.exists(path) ? path.toRealPath() : place();
    for (Path at = own.getParent(); at != null; at = at.getParent()) {
      if (Files.isRegularFile(at.resolve("run.json")) || at.endsWith(".images")) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
  }

  /// Where the file is or will be, with the links of existing folders resolved.
  private Path place() throws IOException {
    Path absolute = target().toAbsolutePath().normalize();
    Path folder = absolute.getParent();
    return folder == null || !Files.isDirectory(folder)
        ? absolute
        : folder.toRealPath().resolve(absolute.getFileName());
  }

  private static Path whole(Path input) throws IOException {
    return Files.exists(input) ? input.toRealPath() : new OutputFile("", input).place();
  }

  /// The end of a chain of links.
  private Path target() throws IOException {
    Path at = path;
    for (int i = 0; Files.isSymbolicLink(at); i++) {
      if (i == MAX_LINKS) {
        throw new IOException(path + ": a circle of links");
      }
      at = at.resolveSibling(Files.readSymbolicLink(at));
      if (isOfSystem(at)) {
        return at;
      }
    }
    return at;
  }

  /// Such as `/dev/stdout`, a link to whatever standard output is.
  private static boolean isOfSystem(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    return absolute.startsWith("/dev") || absolute.startsWith("/proc");
  }

  /// Removes the result of an earlier call, so that it is not taken for one of this call.
  public void clear() throws IOException {
    if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      Files.delete(path);
    } else if (Files.isSymbolicLink(path) && Files.isRegularFile(target())) {
      write("");
    }
  }

  /// Writes the file, with its folders.
  public void write(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    Path target = target();
    if (isOfSystem(target) || Files.exists(target) && !Files.isRegularFile(target)) {
      Files.write(target, bytes, StandardOpenOption.WRITE);
      return;
    }
    Path folder = target.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    Path half = RunJson.half(target);
    try {
      Files.deleteIfExists(half);
      Files.write(half, bytes, StandardOpenOption.CREATE_NEW);
      Files.move(half, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AccessDeniedException _) {
      Files.write(target, bytes); // a file that may be changed in a folder that may not
    } finally {
      Files.deleteIfExists(half);
    }
  }
}
