package dev.refract.harness.llm;

import dev.refract.reports.result.Failure;

/// A request that gave nothing, after all retries. Its message is for people and holds no secret.
public final class RequestException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Failure failure;
  private final int status;

  public RequestException(String kind, String message) {
    this(kind, message, 0);
  }

  /// @param status of HTTP, or 0 when there was no reply
  public RequestException(String kind, String message, int status) {
    super(message);
    this.failure = new Failure(kind, message);
    this.status = status;
  }

  /// The last status of HTTP, or 0 when there was no reply.
  public int status() {
    return status;
  }

  public Failure failure() {
    return failure;
  }
}
