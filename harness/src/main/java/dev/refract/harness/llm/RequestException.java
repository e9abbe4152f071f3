package dev.refract.harness.llm;

import dev.refract.reports.result.Failure;

/// A request that gave nothing, after all retries. Its message is for people and holds no secret.
public final class RequestException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  public RequestException(String kind, String message) {
    super(message);
    this.failure = new Failure(kind, message);
  }

  public Failure failure() {
    return failure;
  }
}
