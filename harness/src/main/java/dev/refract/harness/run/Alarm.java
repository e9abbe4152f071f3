package dev.refract.harness.run;

import dev.refract.harness.os.Halt;
import dev.refract.reports.result.Failure;
import org.jspecify.annotations.Nullable;

/// Stops a run in which every request fails the same way, such as one that names a model that the
/// server does not have: the first reply ends its watch.
final class Alarm {

  private static final int ENOUGH = 16;

  private final Halt halt;
  private final String who;
  private @Nullable String kind;
  private int alike;
  private boolean calm;

  /// @param who is asked, such as `captioner`
  Alarm(Halt halt, String who) {
    this.halt = halt;
    this.who = who;
  }

  /// @param failure of a request, or null for a reply
  synchronized void heard(@Nullable Failure failure) {
    if (failure == null || calm) {
      calm = true;
      return;
    }
    alike = failure.kind().equals(kind) ? alike + 1 : 1;
    kind = failure.kind();
    if (alike == ENOUGH) {
      halt.wish(
          new Halt.Reason(
              false,
              "the first %d requests to the %s all failed; the last: %s"
                  .formatted(ENOUGH, who, failure.message())));
    }
  }
}
