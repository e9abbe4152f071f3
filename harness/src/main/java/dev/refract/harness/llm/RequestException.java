package dev.refract.harness.llm;

import dev.refract.reports.result.Failure;
import dev.refract.reports.result.FailureKind;
import java.util.List;

/// A request that failed after all retries. The message is for users and contains no secret.
public class RequestException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient Failure failure;
  private final transient List<Failure> retried;
  private final int status;

  public RequestException(FailureKind kind, String message) {
    this(new Failure(kind, message), 0, List.of());
  }

  /// @param status HTTP status, or 0 when there was no response
  /// @param retried why earlier attempts failed
  public RequestException(Failure failure, int status, List<Failure> retried) {
    super(failure.message());
    this.failure = failure;
    this.status = status;
    this.retried = List.copyOf(retried);
  }

  /// The last HTTP status, or 0 when there was no response.
  public int status() {
    return status;
  }

  public Failure failure() {
    return failure;
  }

  public List<Failure> retried() {
    return retried;
  }
}
