package dev.refract.harness.dispatch;

import dev.refract.harness.os.CancellationToken;
import dev.refract.harness.os.Notices;

/// The context of one session of a run; a run may take several sessions to finish.
///
/// @param cancellation checked before every request
/// @param sequential whether all captions are made before the first question is asked
/// @param allowsModelChange whether a server may serve other weights than in an earlier session
/// @param notices for the progress line, and what the user learns besides
public record RunContext(
    CancellationToken cancellation,
    boolean sequential,
    boolean allowsModelChange,
    Notices notices) {

  public Progress progress(String name, int total) {
    return new Progress(notices, name, total);
  }
}
