package dev.refract.harness.cli;

import dev.refract.harness.score.GoldenRows;
import dev.refract.harness.score.GoldenRows.Tally;
import dev.refract.harness.score.Metrics;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// The metrics, and whether they compute what the benchmarks' own scorers do.
@Command(
    name = "metrics",
    mixinStandardHelpOptions = true,
    description = "Lists metrics, or holds them against rows that other scorers have scored.")
final class MetricsCommand {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Command(mixinStandardHelpOptions = true, description = "Metrics by the names that datasets use.")
  int list() {
    Metrics.names().forEach(spec.commandLine().getOut()::println);
    return ExitCode.OK.code();
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = {
        "Reads rows of 'metric' (such as anls.vlmevalkit), 'gold', 'pred' and 'score', one a line,"
            + " and prints for each metric how many agree.",
        "Exit code 0 only when no row disagrees; rows that cannot be decided are counted apart."
      })
  int check(@Parameters(paramLabel = "FILE.jsonl") Path file) {
    List<Tally> tallies = GoldenRows.check(file);
    PrintWriter out = spec.commandLine().getOut();
    for (Tally tally : tallies) {
      out.printf(
          "%-30s %d/%d agree%s%s%n",
          tally.metric(),
          tally.agree(),
          tally.total(),
          tally.unsupported() == 0 ? "" : ", " + tally.unsupported() + " unsupported",
          tally.unknown() ? " (no such metric here)" : "");
      tally.disagreements().forEach(row -> out.printf("  %s%n", row));
    }
    boolean agree = tallies.stream().allMatch(tally -> tally.disagree() == 0);
    return (agree ? ExitCode.OK : ExitCode.DATA).code();
  }
}
