package dev.refract.harness.model;

/// Weights could not be had from any source, or are not what their checksum says.
public final class ModelUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ModelUnavailableException(String problem) {
    super(problem);
  }
}
