package dev.refract.harness.os;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The model server behind a captioner or an answerer.
///
/// @param addresses base URLs; none for a model in this process
/// @param commands to start and stop the server, if configured
/// @param check whether the server is ready
public record ModelServer(
    List<String> addresses, ServerCommands commands, ServerProcess.Check check) {

  /// For a model in this process.
  public static final ModelServer NONE =
      new ModelServer(List.of(), ServerCommands.NONE, () -> true);

  /// Starts the server and waits until it is ready; does nothing without a start command.
  ///
  /// @param log file for the server's output
  /// @throws ServerException when the server exits, or is not ready within half an hour
  public ServerProcess start(Path log, CancellationToken cancellation)
      throws IOException, InterruptedException {
    return ServerProcess.start(commands, check, log, cancellation);
  }
}
