package dev.refract.harness.dispatch;

import dev.refract.harness.os.CancellationToken;
import dev.refract.reports.result.Failure;
import dev.refract.reports.result.FailureKind;
import org.jspecify.annotations.Nullable;

/// Stops a run whose first requests all fail the same way, for example because the server does not
/// have the model; the first successful reply disarms that. At any time, a server that denies
/// access or has no credit left stops the run at once.
public final class CircuitBreaker {

  private static final int MAX_FAILURES_ALIKE = 16;

  private final CancellationToken cancellation;
  private final String who;
  private @Nullable FailureKind kind;
  private int alike;
  private boolean disarmed;

  /// @param who name of the model's role for the message, such as `captioner`
  public CircuitBreaker(CancellationToken cancellation, String who) {
    this.cancellation = cancellation;
    this.who = who;
  }

  /// @param failure of a request, or null for a reply
  public synchronized void record(@Nullable Failure failure) {
    if (failure != null && failure.kind() == FailureKind.DENIED) {
      cancellation.cancel(
          new CancellationToken.Reason(
              false, "the %s's server denies access: %s".formatted(who, failure.message())));
      return;
    }
    if (failure == null || disarmed) {
      disarmed = true;
      return;
    }
    alike = failure.kind() == kind ? alike + 1 : 1;
    kind = failure.kind();
    if (alike == MAX_FAILURES_ALIKE) {
      cancellation.cancel(
          new CancellationToken.Reason(
              false,
              "the first %d requests to the %s all failed; the last: %s"
                  .formatted(MAX_FAILURES_ALIKE, who, failure.message())));
    }
  }
}
