package dev.refract.manifest;

/// A manifest or configuration is not what it should be; the message names file, line and what to
/// do.
public final class ManifestException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ManifestException(String problem) {
    super(problem);
  }
}
