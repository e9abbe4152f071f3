package dev.refract.reports.file;

import java.nio.file.Path;

/// A file of a run is missing or damaged; the message names file, line and what was found.
public final class RunFormatException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public RunFormatException(Path file, String problem) {
    super(file + ": " + problem);
  }

  public RunFormatException(Path file, int line, String problem) {
    super(file + ":" + line + ": " + problem);
  }
}
