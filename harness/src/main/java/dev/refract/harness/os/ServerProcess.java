package dev.refract.harness.os;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A model server that runs for one stage. It is started, awaited, and stopped with all its child
/// processes.
public final class ServerProcess implements AutoCloseable {

  private static final Duration POLL_INTERVAL = Duration.ofMillis(500);
  private static final long READY_TIMEOUT_MINUTES = 30;
  private static final long STOP_TIMEOUT_SECONDS = 20;

  /// A server that refract does not start or stop.
  public static final ServerProcess NONE =
      new ServerProcess(ServerCommands.NONE, null, Path.of(""));

  private final ServerCommands commands;
  private final @Nullable Process process;
  private final Path log;

  private ServerProcess(ServerCommands commands, @Nullable Process process, Path log) {
    this.commands = commands;
    this.process = process;
    this.log = log;
  }

  /// Checks whether a server is ready.
  @FunctionalInterface
  public interface Check {
    boolean isReady() throws InterruptedException;
  }

  /// See {@link ModelServer#start}.
  static ServerProcess start(
      ServerCommands commands, Check check, Path log, CancellationToken cancellation)
      throws IOException, InterruptedException {
    if (commands.start() == null) {
      return new ServerProcess(commands, null, log);
    }
    ServerProcess server = new ServerProcess(commands, shell(commands.start(), log), log);
    boolean ready = false;
    try {
      server.await(check, cancellation);
      ready = true;
      return server;
    } finally {
      if (!ready) {
        server.close();
      }
    }
  }

  private static Process shell(String command, Path log) throws IOException {
    return new ProcessBuilder("sh", "-c", command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .start();
  }

  private void await(Check check, CancellationToken cancellation)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(READY_TIMEOUT_MINUTES);
    while (!isReady(check)) {
      Process started = process;
      if (started != null && !started.isAlive() && commands.ready() == null) {
        throw new ServerException(
            "the server exited with code %d before it was ready; see %s"
                .formatted(started.exitValue(), log));
      } else if (System.nanoTime() - deadline > 0) {
        throw new ServerException(
            "the server is not ready after %d minutes; see %s"
                .formatted(READY_TIMEOUT_MINUTES, log));
      } else if (cancellation.sleep(POLL_INTERVAL)) {
        return;
      }
    }
  }

  private boolean isReady(Check check) throws IOException, InterruptedException {
    return commands.ready() == null ? check.isReady() : shell(commands.ready(), log).waitFor() == 0;
  }

  @Override
  public void close() throws IOException {
    try {
      if (commands.stop() != null) {
        shell(commands.stop(), log).waitFor();
      }
      if (process != null) {
        // The shell's children first: the shell may not forward the signal.
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        if (!process.waitFor(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
          process.descendants().forEach(ProcessHandle::destroyForcibly);
          process.destroyForcibly();
        }
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
