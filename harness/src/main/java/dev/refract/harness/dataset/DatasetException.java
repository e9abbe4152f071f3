package dev.refract.harness.dataset;

/// A dataset is missing or is not what it should be; the message names file, line or entry, and
/// what to do.
public final class DatasetException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public DatasetException(String problem) {
    super(problem);
  }
}
