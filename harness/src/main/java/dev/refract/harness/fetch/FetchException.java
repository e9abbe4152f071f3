package dev.refract.harness.fetch;

import java.io.IOException;

/// Bytes could not be had, or are not what they should be; the message names the address and what
/// to do.
public final class FetchException extends IOException {

  private static final long serialVersionUID = 1L;

  public FetchException(String problem) {
    super(problem);
  }
}
