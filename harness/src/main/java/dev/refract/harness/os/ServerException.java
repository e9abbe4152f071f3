package dev.refract.harness.os;

/// A server that was started and cannot be used. The message says where its log is.
public final class ServerException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ServerException(String message) {
    super(message);
  }
}
