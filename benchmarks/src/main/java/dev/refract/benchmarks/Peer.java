package dev.refract.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Python's side of a comparison, in the virtual environment that `PEERS_PYTHON` names.
final class Peer {

  private static final @Nullable String PYTHON = System.getenv("PEERS_PYTHON");

  private Peer() {}

  /// Runs a script of `benchmarks/peers` and returns what it prints.
  ///
  /// @return empty where there are no peers, or where the script fails, which is reported on stderr
  static Optional<String> says(String script, String... arguments)
      throws IOException, InterruptedException {
    if (PYTHON == null) {
      return Optional.empty();
    }
    List<String> command = new ArrayList<>(List.of(PYTHON, "benchmarks/peers/" + script));
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      System.err.println(script + " failed: its rows have no comparison");
      return Optional.empty();
    }
    return Optional.of(said.strip());
  }
}
