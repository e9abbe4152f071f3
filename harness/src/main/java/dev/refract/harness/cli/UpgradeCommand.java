package dev.refract.harness.cli;

import dev.refract.harness.journal.RunLock;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.upgrade.RunUpgrade;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Converts runs of older formats.
@Command(
    name = "upgrade",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Converts runs of older versions of refract to the current run format.",
      "",
      "Files are rewritten in place, run.json last; after an interruption, run the same command"
          + " again. Scores stay as they are: 'refract score' shows how current metrics differ."
    },
    footerHeading = "%nExample:%n",
    footer = {"  refract upgrade runs/*", ""})
final class UpgradeCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "1..*", paramLabel = "RUN", description = "Run folders.")
  private List<Path> runs = List.of();

  @Override
  public Integer call() throws Exception {
    for (Path run : runs) {
      new RunFile(run).format(); // throws before a folder without a run gets a lock file
      try (RunLock _ = RunLock.take(run)) {
        int format = RunUpgrade.upgrade(run);
        spec.commandLine()
            .getOut()
            .println(
                format == RunRecord.FORMAT
                    ? "%s: already format %d".formatted(run, format)
                    : "%s: format %d, was %d".formatted(run, RunRecord.FORMAT, format));
      }
    }
    return ExitCode.OK.code();
  }
}
