package dev.refract.harness.cli;

import dev.refract.manifest.ManifestException;
import dev.refract.reports.html.Site;
import dev.refract.reports.result.RunFile;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Pages from finished runs.
@Command(
    name = "board",
    mixinStandardHelpOptions = true,
    description = {
      "Renders a leaderboard and a page for every image of every run.",
      "The pages open from file:// or any static host and send no request."
    })
final class BoardCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "1..*", paramLabel = "RUN", description = "Run folders; others are left out.")
  private List<Path> folders = List.of();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "site",
      description = "Where the pages go (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("site");

  @Override
  public Integer call() throws Exception {
    PrintWriter err = spec.commandLine().getErr();
    List<RunFile> runs = new ArrayList<>();
    for (Path folder : folders) {
      if (!Files.isDirectory(folder)) {
        throw new ManifestException(folder + ": no such folder");
      }
      if (!Files.exists(folder.resolve("run.json"))) {
        err.printf("Left out %s: no run.json%n", folder);
      } else if (!Files.exists(folder.resolve("summary.json"))) {
        err.printf("Left out %s: the run has not finished; give its command again%n", folder);
      } else {
        runs.add(RunFile.open(folder));
      }
    }
    if (runs.isEmpty()) {
      throw new ManifestException("none of the folders holds a finished run");
    }
    Path page = new Site(out).write(runs);
    spec.commandLine().getOut().println(page.toAbsolutePath().normalize().toUri());
    return ExitCode.OK.code();
  }
}
