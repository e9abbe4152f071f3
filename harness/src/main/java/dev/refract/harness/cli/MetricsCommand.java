package dev.refract.harness.cli;

import dev.refract.harness.score.GoldenRows;
import dev.refract.harness.score.GoldenRows.Tally;
import dev.refract.harness.score.Metrics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
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
        "Reads JSON Lines with 'metric' (a name of 'metrics list', or a name and a scorer such as"
            + " anls.vlmevalkit), 'gold' (a list), 'pred' and 'score', and prints for each metric"
            + " how many lines agree with refract's score.",
        "A line may have 'choices' (a list; the gold is then a letter) and 'attributes' of its"
            + " question, such as {\"year\": \"YES,NO\", \"question_type\": \"Factoid\"}.",
        "The exit code is 0 only when no line disagrees and every metric is known. Lines that"
            + " refract cannot decide are counted separately."
      })
  int check(
      @Parameters(
              paramLabel = "FILE.jsonl",
              description =
                  "Rows of metric, gold (a list), pred and score, '-' for standard input; exit 6"
                      + " if one disagrees.")
          Path file)
      throws IOException {
    List<Tally> tallies =
        file.toString().equals("-")
            ? GoldenRows.check(
                "standard input",
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)))
            : GoldenRows.check(file);
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
    if (tallies.stream().anyMatch(Tally::unknown)) {
      spec.commandLine()
          .getErr()
          .println("known metrics: " + String.join(", ", GoldenRows.known()));
      return ExitCode.DATA.code();
    }
    boolean agree = tallies.stream().allMatch(tally -> tally.disagree() == 0);
    return (agree ? ExitCode.OK : ExitCode.DATA).code();
  }
}
