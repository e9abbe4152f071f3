package dev.refract.harness.os;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A child process that ends when this process ends in any way, with all that it started.
/// `guard.sh` stands between the two.
public final class GuardedProcess {

  private static final long STOP_TIMEOUT_SECONDS = 20;

  private static final String GUARD = guard();

  private GuardedProcess() {}

  private static String guard() {
    try (InputStream script = GuardedProcess.class.getResourceAsStream("guard.sh")) {
      if (script == null) {
        throw new IllegalStateException("guard.sh is not on the class path");
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("guard.sh cannot be read", e);
    }
  }

  /// A process that is not started yet; its output and environment are still to be chosen.
  ///
  /// @param command for the shell
  public static ProcessBuilder of(String command) {
    return new ProcessBuilder("sh", "-c", GUARD, "guard", command).redirectErrorStream(true);
  }

  /// The same for a program and its arguments, as they are.
  public static ProcessBuilder of(List<String> command) {
    return of("exec " + String.join(" ", command.stream().map(GuardedProcess::quoted).toList()));
  }

  static String quoted(String argument) {
    return "'" + argument.replace("'", "'\\''") + "'";
  }

  /// Ends it and waits until it is gone.
  public static void end(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close(); // the guard ends the command and all its children
    if (!process.waitFor(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }
}
