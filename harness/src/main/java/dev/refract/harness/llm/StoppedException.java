package dev.refract.harness.llm;

import dev.refract.reports.result.FailureKind;

/// A request that was not sent, or not sent again, because somebody wishes to stop. Nothing is
/// known of it, so nothing is journalled.
public final class StoppedException extends RequestException {

  private static final long serialVersionUID = 1L;

  StoppedException() {
    super(FailureKind.UNKNOWN, "not asked, since the run is stopping");
  }
}
