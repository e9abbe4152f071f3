package dev.refract.harness.cli;

import dev.refract.manifest.ManifestException;
import dev.refract.reports.file.RunJson;
import dev.refract.reports.verify.Finding;
import dev.refract.reports.verify.RunCheck;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Checks the files of runs against each other.
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Checks that the files of runs are as refract wrote them, and that results follow from the"
          + " saved captions and replies. Changes nothing.",
      "",
      "Each line of a run carries a checksum, and run.json the digest of every file. Commands that"
          + " read a run check these and refuse a damaged run (exit 6); this one lists everything"
          + " that is wrong, derives the summary again, and says what helps."
    },
    footerHeading = "%nExample:%n",
    footer = {"  refract verify runs/*", ""})
final class VerifyCommand implements Callable<Integer> {

  /// More findings of one run are only counted.
  private static final int MAX_SHOWN = 20;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "1..*", paramLabel = "RUN", description = "Run folders.")
  private List<Path> runs = List.of();

  @Option(names = "--json", description = "Print all findings as JSON, for scripts.")
  private boolean json;

  @Override
  public Integer call() {
    Map<String, List<Finding>> all = new LinkedHashMap<>();
    for (Path run : runs) {
      if (!Files.isDirectory(run)) {
        throw new ManifestException(run + ": no such folder");
      }
      all.put(run.toString(), RunCheck.of(run));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.print(RunJson.pretty(all));
    } else {
      all.forEach(this::print);
    }
    out.flush();
    boolean whole = all.values().stream().allMatch(List::isEmpty);
    return (whole ? ExitCode.OK : ExitCode.DATA).code();
  }

  private void print(String run, List<Finding> findings) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf("%s: %s%n", run, findings.isEmpty() ? "whole" : "damaged");
    Set<Finding.Kind> kinds = new LinkedHashSet<>();
    findings.forEach(finding -> kinds.add(finding.kind()));
    findings.stream().limit(MAX_SHOWN).forEach(f -> out.printf("  %s%n", f.problem()));
    if (findings.size() > MAX_SHOWN) {
      out.printf("  and %d more%n", findings.size() - MAX_SHOWN);
    }
    kinds.forEach(kind -> out.printf("  What helps: %s.%n", kind.remedy()));
  }
}
