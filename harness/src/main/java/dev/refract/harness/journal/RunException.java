package dev.refract.harness.journal;

/// A run that cannot start or go on as asked; the message says why and what to do.
public final class RunException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public RunException(String problem) {
    super(problem);
  }
}
