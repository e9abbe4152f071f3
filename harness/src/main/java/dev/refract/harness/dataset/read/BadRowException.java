package dev.refract.harness.dataset.read;

/// One row is invalid; the other rows may be valid.
public final class BadRowException extends Exception {

  private static final long serialVersionUID = 1L;

  BadRowException(String problem) {
    super(problem);
  }
}
