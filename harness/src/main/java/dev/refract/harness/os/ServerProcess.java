package dev.refract.harness.os;

import dev.refract.harness.net.ServerProbe;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// A model server that runs for one stage. It is started where nothing answers yet, awaited, and
/// stopped with all its child processes. {@link GuardedProcess} ends it when this process ends in
/// any way.
public final class ServerProcess implements AutoCloseable {

  private static final Duration POLL_INTERVAL = Duration.ofMillis(500);
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);
  private static final long READY_TIMEOUT_MINUTES = 30;

  /// Statuses of a gateway whose server is not running.
  private static final Set<Integer> NOBODY = Set.of(0, 502, 503, 504);

  /// A server that refract does not start or stop.
  public static final ServerProcess NONE =
      new ServerProcess(ServerCommands.NONE, null, Path.of(""));

  private final ServerCommands commands;
  private final @Nullable Process process;
  private final Path log;
  private volatile boolean closing;

  private ServerProcess(ServerCommands commands, @Nullable Process process, Path log) {
    this.commands = commands;
    this.process = process;
    this.log = log;
  }

  /// See {@link ModelServer#start}.
  static ServerProcess start(ModelServer model, Path log, CancellationToken cancellation)
      throws IOException, InterruptedException {
    ServerCommands commands = model.commands();
    if (commands.start() == null) {
      return new ServerProcess(commands, null, log);
    }
    for (String address : model.addresses()) {
      ServerProbe.Page page = ServerProbe.get(address + "/models", model.access(), PROBE_TIMEOUT);
      if (!NOBODY.contains(page.status())) {
        throw new ServerException(
            "%s already answers (%d) before `start`: it would be taken for the server that is about to start; stop it, or leave out `start`"
                .formatted(address, page.status()));
      }
    }
    ServerProcess server = new ServerProcess(commands, guarded(commands.start(), log), log);
    boolean ready = false;
    try {
      server.await(model.live(), cancellation);
      ready = true;
      server.watch(cancellation);
      return server;
    } finally {
      if (!ready) {
        server.close();
      }
    }
  }

  private static Process guarded(String command, Path log) throws IOException {
    return GuardedProcess.of(command)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  private static Process shell(String command, Path log) throws IOException {
    return new ProcessBuilder("sh", "-c", command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
        .start();
  }

  private void await(ModelServer.Live live, CancellationToken cancellation)
      throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(READY_TIMEOUT_MINUTES);
    while (true) {
      // The process first: what answers is not its server if it is gone.
      checkAlive();
      if (isReady(live)) {
        checkAlive();
        return;
      } else if (System.nanoTime() - deadline > 0) {
        throw new ServerException(
            "the server is not ready after %d minutes; see %s"
                .formatted(READY_TIMEOUT_MINUTES, log));
      } else if (cancellation.sleep(POLL_INTERVAL)) {
        return;
      }
    }
  }

  /// A command may start a server elsewhere and exit with 0, if another command says when that is
  /// ready or stops it.
  private void checkAlive() {
    Process started = process;
    if (started == null || started.isAlive()) {
      return;
    }
    if (started.exitValue() != 0 || !mayRunElsewhere()) {
      throw new ServerException(
          "the server exited with code %d before it was ready; see %s"
              .formatted(started.exitValue(), log));
    }
  }

  private boolean mayRunElsewhere() {
    return commands.ready() != null || commands.stop() != null;
  }

  private boolean isReady(ModelServer.Live live) throws IOException, InterruptedException {
    return commands.ready() == null ? live.isReady() : shell(commands.ready(), log).waitFor() == 0;
  }

  /// Stops the run when the server dies under it.
  private void watch(CancellationToken cancellation) {
    Process started = process;
    if (started != null) {
      started
          .onExit()
          .thenAccept(ended -> {
            if (!closing && (ended.exitValue() != 0 || !mayRunElsewhere())) {
              cancellation.cancel(
                  new CancellationToken.Reason(
                      false,
                      "the server that `start` started exited with code %d; see %s"
                          .formatted(ended.exitValue(), log)));
            }
          });
    }
  }

  @Override
  public void close() throws IOException {
    closing = true;
    try {
      if (commands.stop() != null) {
        shell(commands.stop(), log).waitFor();
      }
      if (process != null) {
        GuardedProcess.end(process);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
