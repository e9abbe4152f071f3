package dev.refract.harness.dispatch;

import dev.refract.harness.os.CancellationToken;
import java.io.PrintStream;

/// The context of one session of a run; a run may take several sessions to finish.
///
/// @param cancellation checked before every request
/// @param sequential whether all captions are made before the first question is asked
/// @param log for the progress line
/// @param terminal whether the progress line can be rewritten
public record RunContext(
    CancellationToken cancellation, boolean sequential, PrintStream log, boolean terminal) {

  public Progress progress(String name, int total) {
    return new Progress(log, terminal, name, total);
  }
}
