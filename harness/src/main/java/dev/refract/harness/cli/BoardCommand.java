package dev.refract.harness.cli;

import dev.refract.manifest.ManifestException;
import dev.refract.manifest.PublishedResults;
import dev.refract.reports.html.Published;
import dev.refract.reports.html.Site;
import dev.refract.reports.result.RunFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description = "Run folders, or folders of run folders; others are left out.")
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
      List<Path> found = runsIn(folder);
      if (found.isEmpty()) {
        err.printf("Left out %s: no run.json in it or right below it%n", folder);
      }
      for (Path run : found) {
        if (Files.exists(run.resolve("summary.json"))) {
          runs.add(RunFile.open(run));
        } else {
          err.printf("Left out %s: the run has not finished; give its command again%n", run);
        }
      }
    }
    if (runs.isEmpty()) {
      throw new ManifestException("none of the folders holds a finished run");
    }
    Path page = new Site(out).write(runs, published(runs));
    spec.commandLine().getOut().println(page.toAbsolutePath().normalize().toUri());
    return ExitCode.OK.code();
  }

  /// What papers print on the protocols of these runs.
  static List<Published> published(List<RunFile> runs) {
    List<Published> tables = new ArrayList<>();
    for (PublishedResults table : PublishedResults.by(ResultDetails.protocols(runs))) {
      List<String> columns = new ArrayList<>(table.columns());
      columns.add("average");
      tables.add(
          new Published(
              table.source(),
              columns,
              table.rows().stream()
                  .map(row -> new Published.Row(row.captioner(), cells(row)))
                  .toList()));
    }
    return tables;
  }

  private static List<String> cells(PublishedResults.Row row) {
    List<String> cells = new ArrayList<>();
    row.accuracies().forEach(accuracy -> cells.add("%.1f".formatted(accuracy)));
    cells.add("%.1f".formatted(row.average()));
    return cells;
  }

  /// The folder itself, or the runs right below it.
  private static List<Path> runsIn(Path folder) throws IOException {
    if (Files.exists(folder.resolve("run.json"))) {
      return List.of(folder);
    }
    try (Stream<Path> below = Files.list(folder)) {
      return below.filter(f -> Files.exists(f.resolve("run.json"))).sorted().toList();
    }
  }
}
