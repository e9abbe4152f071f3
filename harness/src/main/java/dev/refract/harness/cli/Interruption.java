package dev.refract.harness.cli;

import dev.refract.harness.os.Halt;
import dev.refract.harness.os.NativeProcess;
import java.io.PrintStream;
import sun.misc.Signal;

/// Ctrl-C for commands that ask servers: the first lets land what is in flight, the second ends the
/// process where it stands. Either way nothing that had landed is lost.
final class Interruption {

  /// What shells give a process that was ended by Ctrl-C.
  static final int CODE = 130;

  private Interruption() {}

  /// From here on the first Ctrl-C is a wish to stop.
  static Halt listen(PrintStream err) {
    Halt halt = new Halt();
    try {
      Signal.handle(
          new Signal("INT"),
          _ -> {
            if (halt.isWished()) {
              NativeProcess.exitNow(CODE);
            }
            err.println();
            err.println("Stopping: what is in flight lands. Ctrl-C again ends at once.");
            halt.wish(new Halt.Reason(true, "interrupted"));
          });
    } catch (IllegalArgumentException _) {
      // somebody else decides about this signal, such as nohup
    }
    return halt;
  }
}
