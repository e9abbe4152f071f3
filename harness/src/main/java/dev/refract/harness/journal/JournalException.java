package dev.refract.harness.journal;

/// A journal that cannot be written, such as on a full disk. The message says what to do.
public final class JournalException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  JournalException(String message) {
    super(message);
  }
}
