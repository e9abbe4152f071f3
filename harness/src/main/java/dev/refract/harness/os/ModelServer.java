package dev.refract.harness.os;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Who works behind a captioner or an answerer.
///
/// @param addresses base URLs; none for what works in this process
/// @param commands how it is started and stopped, where that is asked for
/// @param check whether it can be asked now
public record ModelServer(
    List<String> addresses, ServerCommands commands, ServerProcess.Check check) {

  /// For what works in this process.
  public static final ModelServer NONE =
      new ModelServer(List.of(), ServerCommands.NONE, () -> true);

  /// Starts it and waits until it can be used; does nothing where no command says how.
  ///
  /// @param log where what it says is kept
  /// @throws ServerException when it ends, or is not ready in half an hour
  public ServerProcess start(Path log, CancellationToken cancellation)
      throws IOException, InterruptedException {
    return ServerProcess.start(commands, check, log, cancellation);
  }
}
