package dev.refract.harness.cli;

import dev.refract.harness.cli.text.ResultDetails;
import dev.refract.harness.serve.SiteServer;
import dev.refract.manifest.ManifestException;
import dev.refract.manifest.PublishedResults;
import dev.refract.reports.file.RunFormatException;
import dev.refract.reports.html.Publication;
import dev.refract.reports.html.Published;
import dev.refract.reports.html.Site;
import dev.refract.reports.load.LoadReport;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.RunRecord;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Renders HTML pages from finished runs.
@Command(
    name = "board",
    mixinStandardHelpOptions = true,
    description = {
      "Renders a leaderboard and a page for every image of every run.",
      "The pages open from file:// or any static host and make no network requests."
    })
final class BoardCommand implements Callable<Integer> {

  private static final int POLL_MILLIS = 1_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..*",
      paramLabel = "RUN",
      description =
          "Run folders, or folders that contain run folders. Unfinished runs are skipped.")
  private List<Path> folders = List.of();

  @Option(
      names = "--throughput",
      paramLabel = "FILE.json",
      description =
          "A file that 'refract throughput --out' wrote. It gets a page, also without any RUN."
              + " Repeatable.")
  private List<Path> loads = List.of();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "site",
      description = "Folder for the pages (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("site");

  @Option(
      names = "--publish",
      description =
          "Leave out what only you need: addresses of servers, paths, host and user names, command"
              + " lines (default). Run folders keep them.")
  private boolean publish;

  @Option(names = "--keep-provenance", description = "Show them, on pages that stay with you.")
  private boolean provenance;

  @Option(
      names = "--watch",
      description = "Rebuild the pages whenever a run finishes, until Ctrl-C.")
  private boolean watch;

  @Option(
      names = "--serve",
      arity = "0..1",
      fallbackValue = "8080",
      paramLabel = "PORT",
      description =
          "Serve the pages at http://127.0.0.1:PORT, for this machine only (default port: 8080; 0"
              + " picks a free one).")
  private @Nullable Integer port;

  @Override
  public Integer call() throws Exception {
    if (port != null && (port < 0 || port > 65_535)) {
      throw new ManifestException("--serve: expected a port, 0 to 65535, found " + port);
    }
    if (publish && provenance) {
      throw new ManifestException("give --publish or --keep-provenance, not both");
    }
    Path page = build();
    PrintWriter writer = spec.commandLine().getOut();
    writer.println(page.toAbsolutePath().normalize().toUri());
    writer.flush();
    if (port != null) {
      serve(port);
    }
    if (watch) {
      watch();
    } else if (port != null) {
      Thread.currentThread().join(); // until interrupted
    }
    return ExitCode.OK.code();
  }

  private void serve(int on) {
    try {
      SiteServer server = SiteServer.start(out, on); // until the process ends
      spec.commandLine().getErr().printf("Serving http://127.0.0.1:%d%n", server.port());
    } catch (IOException e) {
      throw new ManifestException(
          "--serve: port %d cannot be used: %s".formatted(on, e.getMessage()));
    }
  }

  private void watch() throws Exception {
    spec.commandLine().getErr().println("Watching for finished runs; press Ctrl-C to stop.");
    for (Map<Path, FileTime> seen = recordTimes(); ; ) {
      Thread.sleep(POLL_MILLIS);
      Map<Path, FileTime> now = recordTimes();
      if (!now.equals(seen)) {
        seen = now;
        spec.commandLine().getErr().println("Rebuilt: " + build());
      }
    }
  }

  /// The runs with the time when the record of each was written: at its begin and at its end.
  private Map<Path, FileTime> recordTimes() throws IOException {
    Map<Path, FileTime> records = new TreeMap<>();
    for (Path folder : folders) {
      for (Path run : Files.isDirectory(folder) ? runsIn(folder) : List.<Path>of()) {
        records.put(run, Files.getLastModifiedTime(new RunFile(run).recordFile()));
      }
    }
    return records;
  }

  private Path build() throws IOException {
    PrintWriter err = spec.commandLine().getErr();
    List<RunFile> runs = new ArrayList<>();
    for (Path folder : folders) {
      if (!Files.isDirectory(folder)) {
        throw new ManifestException(folder + ": no such folder");
      }
      List<Path> found = runsIn(folder);
      if (found.isEmpty() && !new RunFile(folder).resultFiles().isEmpty()) {
        throw new RunFormatException(
            new RunFile(folder).recordFile(), "is missing, although the folder holds results");
      } else if (found.isEmpty()) {
        err.printf("Skipped %s: no run.json in it or in its direct subfolders%n", folder);
      }
      for (Path run : found) {
        if (contains(run, out)
            || Files.exists(out.resolve("runs")) && contains(out.resolve("runs"), run)) {
          throw new ManifestException(
              "--out: the pages of %s would be inside of the run %s; name another folder"
                  .formatted(out, run));
        }
        if (RunFile.open(run).checkedRecord().state() == RunRecord.State.FINISHED) {
          runs.add(RunFile.finished(run));
        } else {
          err.printf("Skipped %s: not finished; run its command again to resume it%n", run);
        }
      }
    }
    List<LoadReport> reports = loads.stream().map(LoadReport::read).toList();
    if (runs.isEmpty() && (reports.isEmpty() || !folders.isEmpty())) {
      throw new ManifestException(
          folders.isEmpty()
              ? "nothing to show: give run folders, or --throughput FILE.json"
              : "none of the folders contains a finished run");
    }
    Optional<Path> foreign = Site.foreign(out);
    if (foreign.isPresent()) {
      throw new ManifestException(
          "--out: %s is a link or was not made by refract, and a site would overwrite it; name a new folder, or remove it"
              .formatted(foreign.get()));
    }
    Site site = new Site(out, provenance ? Publication.withProvenance() : Publication.careful());
    return reports.isEmpty()
        ? site.write(runs, published(runs))
        : site.write(runs, published(runs), reports);
  }

  /// Whether a folder is the same as, or below, another, after following the links that exist.
  private static boolean contains(Path folder, Path inner) throws IOException {
    Path existing = inner.toAbsolutePath().normalize();
    while (existing != null && !Files.exists(existing)) {
      existing = existing.getParent();
    }
    return existing != null && existing.toRealPath().startsWith(folder.toRealPath());
  }

  /// Results that papers published for the protocols of these runs.
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

  /// The folder itself if it is a run, else the runs directly below it.
  private static List<Path> runsIn(Path folder) throws IOException {
    if (Files.exists(folder.resolve("run.json"))) {
      return List.of(folder);
    }
    try (Stream<Path> below = Files.list(folder)) {
      return below.filter(f -> Files.exists(f.resolve("run.json"))).sorted().toList();
    }
  }
}
