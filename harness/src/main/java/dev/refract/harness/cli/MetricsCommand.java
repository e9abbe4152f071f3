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

/// Lists the metrics and checks them against the benchmarks' own scorers.
@Command(
    name = "metrics",
    mixinStandardHelpOptions = true,
    description = "Lists metrics, or checks them against rows that other scorers have scored.")
final class MetricsCommand {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Command(
      mixinStandardHelpOptions = true,
      description = "Lists the metrics by the names that datasets use.")
  int list() {
    Metrics.names().forEach(spec.commandLine().getOut()::println);
    return ExitCode.OK.code();
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = {
        "Reads JSON Lines with 'metric' (such as anls.vlmevalkit), 'gold', 'pred' and 'score', and"
            + " prints for each metric how many lines agree with refract's score.",
        "The exit code is 0 only when no line disagrees. Lines that refract cannot score are"
            + " counted separately."
      })
  int check(
      @Parameters(
              paramLabel = "FILE.jsonl",
              description =
                  "Rows of metric, gold (a list), pred and score; exit 6 if one disagrees.")
          Path file) {
    List<Tally> tallies = GoldenRows.check(file);
    PrintWriter out = spec.commandLine().getOut();
    for (Tally tally : tallies) {
      out.printf(
          "%-30s %d/%d agree%s%s%n",
          tally.metric(),
          tally.agree(),
          tally.total(),
          tally.unsupported() == 0 ? "" : ", " + tally.unsupported() + " unsupported",
          tally.unknown() ? " (unknown metric)" : "");
      tally.disagreements().forEach(row -> out.printf("  %s%n", row));
    }
    boolean agree = tallies.stream().allMatch(tally -> tally.disagree() == 0);
    return (agree ? ExitCode.OK : ExitCode.DATA).code();
  }
}
