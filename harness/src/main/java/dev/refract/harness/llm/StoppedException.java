package dev.refract.harness.llm;

import dev.refract.reports.result.FailureKind;

/// A request that was not sent, or not retried, because the run is stopping. It has no outcome, so
/// it is not journalled.
public final class StoppedException extends RequestException {

  private static final long serialVersionUID = 1L;

  public StoppedException() {
    super(FailureKind.UNKNOWN, "not sent, because the run is stopping");
  }
}
