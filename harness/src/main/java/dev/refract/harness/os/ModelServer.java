package dev.refract.harness.os;

import dev.refract.harness.net.Access;
import dev.refract.reports.result.ServedModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The model server behind a captioner or an answerer.
///
/// @param addresses base URLs; none for a model in this process
/// @param access how they are reached
/// @param commands to start and stop the server, if configured
/// @param live what is known only while it runs
public record ModelServer(
    List<String> addresses, Access access, ServerCommands commands, Live live) {

  /// For a model in this process.
  public static final ModelServer NONE =
      new ModelServer(List.of(), Access.OPEN, ServerCommands.NONE, new InProcess());

  /// A server as it runs now.
  public interface Live {

    /// Whether every address can be used.
    boolean isReady() throws InterruptedException;

    /// What each address says about its model.
    List<ServedModel> served() throws InterruptedException;

    /// How a user turns the thinking of its model off.
    String thinkingAdvice();
  }

  private record InProcess() implements Live {

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public List<ServedModel> served() {
      return List.of();
    }

    @Override
    public String thinkingAdvice() {
      return "another model";
    }
  }

  /// Starts the server and waits until it is ready; does nothing without a start command.
  ///
  /// @param log file for the server's output
  /// @throws ServerException when something answers at the address before, or the server exits or
  ///   is not ready within half an hour
  public ServerProcess start(Path log, CancellationToken cancellation)
      throws IOException, InterruptedException {
    return ServerProcess.start(this, log, cancellation);
  }
}
