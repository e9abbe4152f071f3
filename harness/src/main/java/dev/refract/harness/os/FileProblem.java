package dev.refract.harness.os;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// What a failed read or write of a file means for the user.
///
/// @param message names the file if it is known, what is wrong, and what to do
public record FileProblem(Kind kind, String message) {

  /// What has to change before the same command can succeed.
  public enum Kind {
    /// The file or folder that the user named.
    PATH,
    /// The room on the disk, or another limit of this machine.
    ROOM,
    /// Unknown.
    OTHER
  }

  private static final String FULL =
      "no space is left on the disk; what was completed is kept. Free some space, then run the same"
          + " command again";

  /// Words of the operating system, in lower case, and what is said instead.
  private static final Map<String, FileProblem> KNOWN =
      Map.of(
          "no space left on device", new FileProblem(Kind.ROOM, FULL),
          "disk quota exceeded", new FileProblem(Kind.ROOM, FULL),
          "file too large", new FileProblem(Kind.ROOM, FULL),
          "too many open files",
              new FileProblem(
                  Kind.ROOM,
                  "this process may open no more files; raise the limit with 'ulimit -n 1024'"),
          "read-only file system", new FileProblem(Kind.PATH, "the file system is read-only"),
          "is a directory", new FileProblem(Kind.PATH, "is a folder; expected a file"),
          "not a directory",
              new FileProblem(Kind.PATH, "a file is where a folder is needed; name another path"),
          "permission denied", new FileProblem(Kind.PATH, "permission denied"),
          "file name too long", new FileProblem(Kind.PATH, "the name is too long"));

  public static FileProblem of(IOException e) {
    String reason =
        e instanceof FileSystemException f
            ? Objects.requireNonNullElse(f.getReason(), "")
            : Objects.requireNonNullElse(e.getMessage(), "");
    String file =
        e instanceof FileSystemException f && f.getFile() != null ? f.getFile() + ": " : "";
    return switch (e) {
      case FileAlreadyExistsException _, NotDirectoryException _ -> known("not a directory", file);
      case AccessDeniedException _ -> known("permission denied", file);
      case NoSuchFileException _ -> new FileProblem(Kind.PATH, file + "no such file or folder");
      default ->
          KNOWN.keySet().stream()
              .filter(reason.toLowerCase(Locale.ROOT)::contains)
              .findFirst()
              .map(words -> known(words, file))
              .orElseGet(() -> new FileProblem(Kind.OTHER, "cannot read or write: " + e));
    };
  }

  private static FileProblem known(String words, String file) {
    FileProblem problem = Objects.requireNonNull(KNOWN.get(words));
    return new FileProblem(problem.kind, file + problem.message);
  }
}
