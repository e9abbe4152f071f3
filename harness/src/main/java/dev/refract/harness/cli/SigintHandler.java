package dev.refract.harness.cli;

import dev.refract.harness.os.CancellationToken;
import dev.refract.harness.os.NativeProcess;
import java.io.PrintStream;
import sun.misc.Signal;

/// Ctrl-C for commands that ask servers: the first lets land what is in flight, the second ends the
/// process where it stands. Either way nothing that had landed is lost.
final class SigintHandler {

  /// What shells give a process that was ended by Ctrl-C.
  static final int EXIT_CODE = 130;

  private SigintHandler() {}

  /// From here on the first Ctrl-C is a wish to stop.
  static CancellationToken listen(PrintStream err) {
    CancellationToken cancellation = new CancellationToken();
    try {
      Signal.handle(
          new Signal("INT"),
          _ -> {
            if (cancellation.isCancelled()) {
              NativeProcess.exitNow(EXIT_CODE);
            }
            err.println();
            err.println("Stopping: what is in flight lands. Ctrl-C again ends at once.");
            cancellation.cancel(new CancellationToken.Reason(true, "interrupted"));
          });
    } catch (IllegalArgumentException _) {
      // somebody else decides about this signal, such as nohup
    }
    return cancellation;
  }
}
