package dev.refract.manifest;

/// A manifest or configuration is invalid; the message names the file, the line and the remedy.
public final class ManifestException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ManifestException(String problem) {
    super(problem);
  }
}
