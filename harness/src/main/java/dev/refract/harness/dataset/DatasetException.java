package dev.refract.harness.dataset;

/// A dataset is missing or invalid; the message names the file, the line or entry, and the remedy.
public final class DatasetException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public DatasetException(String problem) {
    super(problem);
  }
}
