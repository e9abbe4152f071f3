package dev.refract.harness.fetch;

import java.io.IOException;

/// A download failed or its bytes are wrong. The message gives the address and the remedy.
public final class FetchException extends IOException {

  private static final long serialVersionUID = 1L;

  public FetchException(String problem) {
    super(problem);
  }
}
