package dev.refract.harness.cli.terminal;

import dev.refract.harness.os.CancellationToken;
import dev.refract.harness.os.NativeProcess;
import java.io.PrintStream;
import sun.misc.Signal;

/// Handles Ctrl-C for commands that send requests. The first Ctrl-C lets the requests in flight
/// complete, the second ends the process at once. Neither loses completed work.
public final class SigintHandler {

  /// The exit code that shells report for a process ended by Ctrl-C.
  public static final int EXIT_CODE = 130;

  private SigintHandler() {}

  /// Installs the handler; the first Ctrl-C cancels the returned token.
  public static CancellationToken listen(PrintStream err) {
    CancellationToken cancellation = new CancellationToken();
    try {
      Signal.handle(
          new Signal("INT"),
          _ -> {
            if (cancellation.isCancelled()) {
              NativeProcess.exitNow(EXIT_CODE);
            }
            err.println();
            err.println("Stopping: waiting for requests in flight. Ctrl-C again exits at once.");
            cancellation.cancel(new CancellationToken.Reason(true, "interrupted"));
          });
    } catch (IllegalArgumentException _) {
      // this signal is handled elsewhere, for example by nohup
    }
    return cancellation;
  }
}
