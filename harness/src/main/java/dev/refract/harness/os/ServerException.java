package dev.refract.harness.os;

/// A started server cannot be used. The message names its log file.
public final class ServerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ServerException(String message) {
    super(message);
  }
}
