package dev.refract.harness.dispatch;

import dev.refract.harness.os.CancellationToken;
import java.io.PrintStream;

/// One go at a run, of which there may be several until it is finished.
///
/// @param cancellation at which everybody looks before something is sent
/// @param sequential whether all captions are made before the first question is asked
/// @param log for the progress line
/// @param terminal whether that line can be rewritten
public record RunContext(
    CancellationToken cancellation, boolean sequential, PrintStream log, boolean terminal) {

  public Progress progress(String name, int total) {
    return new Progress(log, terminal, name, total);
  }
}
