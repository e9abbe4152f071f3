package dev.refract.harness.cli;

import dev.refract.harness.run.ScoreRun;
import dev.refract.harness.run.ScoreRun.Change;
import dev.refract.manifest.ManifestException;
import dev.refract.manifest.MetricMode;
import dev.refract.reports.file.RunJson;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.Summary;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Scores saved replies again, with the current metrics or in another mode.
@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Scores the saved replies of runs again and lists the answers whose score changes. It sends"
          + " no requests and does not change the runs.",
      "",
      "official: computes what the benchmark's own scorer computes, bugs included. strict: follows"
          + " the benchmark's paper."
    },
    footerHeading = "%nExample:%n",
    footer = {"  refract score runs/* --mode strict", ""})
final class ScoreCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "1..*", paramLabel = "RUN", description = "Run folders.")
  private List<Path> folders = List.of();

  @Option(
      names = "--mode",
      paramLabel = "official|strict",
      defaultValue = "official",
      description = "Rules to score by (default: ${DEFAULT-VALUE}).")
  private MetricMode mode = MetricMode.OFFICIAL;

  @Option(
      names = "--changes",
      paramLabel = "N",
      defaultValue = "10",
      description = "List at most N changed answers of each run (default: ${DEFAULT-VALUE}).")
  private int most = 10;

  @Option(names = "--json", description = "Print all changes as JSON, for scripts.")
  private boolean json;

  @Override
  public Integer call() {
    if (most < 0) {
      throw new ManifestException("--changes: expected at least 0, found " + most);
    }
    List<RunFile> runs = folders.stream().map(RunFile::finished).toList();
    PrintWriter out = spec.commandLine().getOut();
    List<Map<String, Object>> all = new ArrayList<>();
    for (RunFile run : runs) {
      ScoreRun again = ScoreRun.of(run, mode);
      if (json) {
        all.add(row(run, again));
      } else {
        printChanges(out, run, again);
      }
    }
    if (json) {
      out.print(RunJson.pretty(all));
      out.flush();
    }
    return ExitCode.OK.code();
  }

  private void printChanges(PrintWriter out, RunFile run, ScoreRun again) {
    for (int i = 0; i < again.before().datasets().size(); i++) {
      Summary.Group before = again.before().datasets().get(i);
      Summary.Group after = again.after().datasets().get(i);
      out.printf(
          "%s  %s: %.2f %% in the run, %.2f %% %s, n %d%n",
          run.folder().getFileName(),
          before.name(),
          100 * before.accuracy().mean(),
          100 * after.accuracy().mean(),
          mode,
          before.planned());
    }
    out.printf("  %d answers change", again.changes().size());
    out.printf(
        "%s%n", again.unknown() == 0 ? "" : ", " + again.unknown() + " have an unknown metric");
    for (Change change : again.changes().stream().limit(most).toList()) {
      out.printf(
          "  %s %s (%s, gold %s): %s, was %s%n",
          change.item().dataset(),
          change.item().questionId(),
          change.item().metric(),
          change.item().golds(),
          words(change.now()),
          words(change.was().outcome()));
    }
  }

  private static String words(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Scored s -> "'%s' %.2f".formatted(s.answer(), s.value());
      case Outcome.Unscored u -> "'%s'".formatted(u.answer());
      case Outcome.Unsupported u -> "unsupported '%s'".formatted(u.answer());
      case Outcome.Unparsed _ -> "unparsed";
      case Outcome.Abstained _ -> "abstained";
      case Outcome.Failed f -> "failed (" + f.kind() + ")";
    };
  }

  private Map<String, Object> row(RunFile run, ScoreRun again) {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("run", run.folder().toString());
    row.put("mode", mode.toString());
    row.put("before", again.before().datasets());
    row.put("after", again.after().datasets());
    row.put("changes", again.changes());
    return row;
  }
}
