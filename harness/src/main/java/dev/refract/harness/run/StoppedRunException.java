package dev.refract.harness.run;

import dev.refract.harness.os.CancellationToken;
import org.jspecify.annotations.Nullable;

/// A run that was stopped before it finished. All completed work is kept.
public final class StoppedRunException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient CancellationToken.Reason reason;

  /// @param command that resumes the run, or null when unknown
  StoppedRunException(CancellationToken.Reason reason, String soFar, @Nullable String command) {
    super(
        "%s\n%s\nResume with%s"
            .formatted(
                reason.words(), soFar, command == null ? " the same command" : ": " + command));
    this.reason = reason;
  }

  public CancellationToken.Reason reason() {
    return reason;
  }
}
