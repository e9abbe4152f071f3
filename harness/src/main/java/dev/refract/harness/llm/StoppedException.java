package dev.refract.harness.llm;

/// A request that was not sent, or not sent again, because somebody wishes to stop. Nothing is
/// known of it, so nothing is journalled.
public final class StoppedException extends RequestException {

  private static final long serialVersionUID = 1L;

  StoppedException() {
    super("stopped", "not asked, since the run is stopping");
  }
}
