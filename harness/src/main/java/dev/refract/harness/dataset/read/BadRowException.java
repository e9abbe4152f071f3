package dev.refract.harness.dataset.read;

/// One row is not what it should be; others may be.
final class BadRowException extends Exception {

  private static final long serialVersionUID = 1L;

  BadRowException(String problem) {
    super(problem);
  }
}
