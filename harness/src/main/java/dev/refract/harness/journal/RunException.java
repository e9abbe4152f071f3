package dev.refract.harness.journal;

/// A run cannot start or resume as requested. The message gives the reason and the remedy.
public final class RunException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public RunException(String problem) {
    super(problem);
  }
}
