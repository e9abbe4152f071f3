package dev.refract.harness.journal;

/// A journal cannot be written, for example because the disk is full. The message gives the remedy.
public final class JournalException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  JournalException(String message) {
    super(message);
  }
}
