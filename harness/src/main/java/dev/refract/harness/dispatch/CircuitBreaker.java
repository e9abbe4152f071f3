package dev.refract.harness.dispatch;

import dev.refract.harness.os.CancellationToken;
import dev.refract.reports.result.Failure;
import dev.refract.reports.result.FailureKind;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Stops a run whose requests fail alike with no success between them. What a server does to every
/// request (it fails, or is gone) stops a run at any time; what it may do to single ones (it
/// refuses an image) stops it only before the first success. A server that denies access or has no
/// credit left stops it at once.
public final class CircuitBreaker {

  private static final int MAX_FAILURES_ALIKE = 16;

  /// Each costs as many tokens as a reply may have.
  private static final int MAX_UNFINISHED = 8;

  private final CancellationToken cancellation;
  private final String who;
  private @Nullable Object kind;
  private int alike;
  private boolean succeeded;

  /// @param who name of the model's role for the message, such as `captioner`
  public CircuitBreaker(CancellationToken cancellation, String who) {
    this.cancellation = cancellation;
    this.who = who;
  }

  /// @param failure of a request, or null for a reply
  public synchronized void record(@Nullable Failure failure) {
    if (failure == null) {
      succeeded = true;
      alike = 0;
      kind = null;
    } else if (failure.kind() == FailureKind.DENIED) {
      stop("the %s's server denies access: %s".formatted(who, failure.message()));
    } else if (!succeeded || isOfServer(failure.kind())) {
      count(
          failure.kind(),
          MAX_FAILURES_ALIKE,
          "%d requests to the %s all failed; the last: %s",
          failure.message());
    }
  }

  /// A reply that ended inside its thoughts, so that it contains no answer.
  ///
  /// @param advice how to avoid that
  public synchronized void recordUnfinished(String advice) {
    if (!succeeded) {
      count(
          "thoughts",
          MAX_UNFINISHED,
          "%d replies of the %s all ended inside their thoughts; %s",
          advice);
    }
  }

  private void count(Object what, int most, String message, String detail) {
    alike = Objects.equals(what, kind) ? alike + 1 : 1;
    kind = what;
    if (alike == most) {
      stop((succeeded ? "" : "the first ") + message.formatted(most, who, detail));
    }
  }

  private void stop(String why) {
    cancellation.cancel(new CancellationToken.Reason(false, why));
  }

  private static boolean isOfServer(FailureKind kind) {
    return switch (kind) {
      case CONNECTION, TIMEOUT, SERVER -> true;
      case REFUSED, DENIED, PROTOCOL, IMAGE, CONTEXT, MODEL, REFERENCE, MISSING, UNKNOWN -> false;
    };
  }
}
