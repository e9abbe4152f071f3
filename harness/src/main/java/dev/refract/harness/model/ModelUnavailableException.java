package dev.refract.harness.model;

/// Weights are missing, or could not be fetched from any source.
public final class ModelUnavailableException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public ModelUnavailableException(String problem) {
    super(problem);
  }
}
