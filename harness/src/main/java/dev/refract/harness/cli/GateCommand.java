package dev.refract.harness.cli;

import dev.refract.harness.cli.option.BaselineOptions;
import dev.refract.manifest.ManifestException;
import dev.refract.manifest.StrictYaml;
import dev.refract.reports.ci.Annotations;
import dev.refract.reports.ci.Badge;
import dev.refract.reports.ci.GateMarkdown;
import dev.refract.reports.ci.JUnitXml;
import dev.refract.reports.compare.Mismatch;
import dev.refract.reports.compare.RunData;
import dev.refract.reports.file.OutputFile;
import dev.refract.reports.file.RunFormatException;
import dev.refract.reports.file.RunJson;
import dev.refract.reports.gate.Attempts;
import dev.refract.reports.gate.Gate;
import dev.refract.reports.gate.GatePolicy;
import dev.refract.reports.gate.GateReport;
import dev.refract.reports.gate.GateVerdict;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// Decides whether a candidate may replace the baseline.
@Command(
    name = "gate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Checks a candidate run against a baseline by the rules of a policy, for CI. Exit codes: 0"
          + " passed, 3 regression, 4 inconclusive, 2 refused.",
      "",
      "A check passes when it is proven that less than its margin is lost. Otherwise it is a"
          + " regression when a loss is proven, and inconclusive when none is. docs/ci.md explains"
          + " the policy and has recipes."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  refract gate --policy gate.yaml --baseline main --candidate runs/step-500 \\",
      "    --junit gate.xml --markdown gate.md --badge gate.svg --github",
      ""
    })
final class GateCommand implements Callable<Integer> {

  private static final List<String> COMMITS = List.of("GITHUB_SHA", "CI_COMMIT_SHA", "GIT_COMMIT");

  @Spec private CommandSpec spec = CommandSpec.create();

  @ParentCommand private @Nullable Main main;

  @Option(
      names = "--policy",
      required = true,
      paramLabel = "FILE.yaml",
      description = "Margins and limits that the candidate must keep.")
  private Path policy = Path.of("");

  @Option(
      names = "--baseline",
      required = true,
      paramLabel = "NAME|RUN",
      description =
          "The run to compare with. Pin it: comparing with the last run that passed lets small"
              + " losses add up.")
  private String baseline = "";

  @Option(
      names = "--candidate",
      required = true,
      paramLabel = "RUN",
      description = "The run to check.")
  private String candidate = "";

  @Option(
      names = "--allow",
      split = ",",
      paramLabel = "WHAT",
      description =
          "Accept this difference between the runs: ${COMPLETION-CANDIDATES}; asking is rotations,"
              + " repeats and caption budgets, mode is official or strict scoring.")
  private Set<Mismatch> allowed = EnumSet.noneOf(Mismatch.class);

  @Option(
      names = "--commit",
      paramLabel = "ID",
      description =
          "Commit whose attempts are counted: its k-th candidate is judged at alpha / k (default:"
              + " $GITHUB_SHA, $CI_COMMIT_SHA or $GIT_COMMIT).")
  private @Nullable String commit;

  @Option(
      names = "--attempts",
      paramLabel = "FILE",
      defaultValue = ".refract/attempts.jsonl",
      description =
          "File that records attempts; keep it between CI jobs (default: ${DEFAULT-VALUE}).")
  private Path attempts = Path.of(".refract/attempts.jsonl");

  @Option(
      names = "--junit",
      paramLabel = "FILE.xml",
      description = "Write the report as JUnit XML.")
  private @Nullable Path junit;

  @Option(
      names = "--markdown",
      paramLabel = "FILE.md",
      description =
          "Write the report as Markdown for a pull-request comment. Its first line is a marker, by"
              + " which CI finds the comment to replace.")
  private @Nullable Path markdown;

  @Option(
      names = "--badge",
      paramLabel = "FILE.svg",
      description = "Write an SVG badge with the verdict.")
  private @Nullable Path badge;

  @Option(
      names = "--json",
      paramLabel = "FILE.json",
      description = "Write everything as JSON, for scripts.")
  private @Nullable Path json;

  @Option(
      names = "--github",
      description = "Print GitHub annotations; append the report to $GITHUB_STEP_SUMMARY.")
  private boolean github;

  /// A larger file is no report of a gate.
  private static final long MAX_REPORT_BYTES = 64L << 20;

  @Mixin private BaselineOptions baselines = new BaselineOptions();

  @Override
  public Integer call() throws Exception {
    refuseInputsAsOutputs();
    GateReport report;
    try {
      GatePolicy rules = read();
      RunData before = baselines.run(baseline);
      RunData after = baselines.run(candidate);
      report = Gate.judge(rules, before, after, allowed, attempts(before, after));
    } catch (ManifestException | RunFormatException e) {
      for (OutputFile output : outputs()) {
        if (isReport(output)) {
          output.clear(); // a refused gate must not leave an older gate's report behind
        }
      }
      throw e;
    }
    PrintWriter out = spec.commandLine().getOut();
    report.warnings().forEach(warning -> out.printf("warning: %s%n", warning));
    report.checks().forEach(check -> out.println(check.line()));
    if (report.attempts() > 1) {
      out.printf("attempt %d on this commit: alpha is %.4g%n", report.attempts(), report.alpha());
    }
    out.println(report.headline());
    boolean written = written(report);
    if (github) {
      Objects.requireNonNull(main).printCommands(out, Annotations.of(report));
    }
    out.flush();
    ExitCode code = code(report);
    return (written || code != ExitCode.OK ? code : ExitCode.INTERNAL).code();
  }

  private List<OutputFile> outputs() {
    List<OutputFile> outputs = new ArrayList<>();
    add(outputs, "--junit", junit);
    add(outputs, "--markdown", markdown);
    add(outputs, "--badge", badge);
    add(outputs, "--json", json);
    return outputs;
  }

  private static void add(List<OutputFile> outputs, String option, @Nullable Path file) {
    if (file != null) {
      outputs.add(new OutputFile(option, file));
    }
  }

  private void refuseInputsAsOutputs() throws IOException {
    List<Path> inputs = new ArrayList<>(List.of(policy, baselines.store().file()));
    baselines.folder(baseline).ifPresent(inputs::add);
    baselines.folder(candidate).ifPresent(inputs::add);
    List<OutputFile> written = outputs();
    written.add(new OutputFile("--attempts", attempts));
    for (OutputFile output : written) {
      Optional<Path> input = output.damaged(inputs);
      if (input.isPresent()) {
        throw new ManifestException(
            "%s %s: would overwrite %s, which this command reads; choose another file"
                .formatted(output.option(), output.path(), input.get()));
      }
      inputs.add(output.path()); // two reports in one file
    }
  }

  /// Whether the file is a gate's report, and not something of the user's.
  private static boolean isReport(OutputFile output) throws IOException {
    if (!Files.isRegularFile(output.path()) || Files.size(output.path()) > MAX_REPORT_BYTES) {
      return false;
    }
    String text = Files.readString(output.path(), StandardCharsets.ISO_8859_1);
    return switch (output.option()) {
      case "--json" -> text.contains("\"verdict\"") && text.contains("\"checks\"");
      case "--markdown" -> text.startsWith(GateMarkdown.MARKER);
      case "--junit" -> text.contains("<testsuite");
      default -> text.contains("<svg");
    };
  }

  /// Writes the reports; a failure is printed and does not hide the verdict.
  private boolean written(GateReport report) {
    try {
      write(report);
      return true;
    } catch (IOException e) {
      spec.commandLine().getErr().println("refract: a report cannot be written: " + e);
      return false;
    }
  }

  private static ExitCode code(GateReport report) {
    return switch (report.verdict()) {
      case GateVerdict.Pass _ -> ExitCode.OK;
      case GateVerdict.Regression _ -> ExitCode.REGRESSION;
      case GateVerdict.Inconclusive _ -> report.passes() ? ExitCode.OK : ExitCode.INCONCLUSIVE;
      case GateVerdict.Refused _ -> ExitCode.USAGE;
    };
  }

  private GatePolicy read() {
    try {
      return StrictYaml.read(Files.readAllBytes(policy), policy.toString(), GatePolicy.class);
    } catch (NoSuchFileException _) {
      throw new ManifestException(policy + ": no such file");
    } catch (IOException e) {
      throw new ManifestException(policy + ": cannot be read: " + e);
    }
  }

  private int attempts(RunData before, RunData after) throws IOException {
    Map<String, String> environment = Objects.requireNonNull(main).environment();
    Optional<String> id =
        Stream.concat(
                Stream.ofNullable(commit),
                COMMITS.stream().map(environment::get).filter(Objects::nonNull))
            .filter(known -> !known.isBlank())
            .findFirst();
    if (id.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println("No commit is known (give --commit), so attempts are not counted.");
      return 1;
    }
    return new Attempts(attempts).record(id.get(), before.digest(), after.digest());
  }

  private void write(GateReport report) throws IOException {
    for (OutputFile output : outputs()) {
      output.write(
          switch (output.option()) {
            case "--junit" -> JUnitXml.of(report);
            case "--markdown" -> GateMarkdown.comment(report);
            case "--badge" -> Badge.of(report);
            default -> RunJson.pretty(new Told(report.verdict(), report.passes(), report));
          });
    }
    String summary = Objects.requireNonNull(main).environment().get("GITHUB_STEP_SUMMARY");
    if (github && summary != null) {
      Files.writeString(
          Path.of(summary),
          GateMarkdown.summary(report),
          StandardCharsets.UTF_8,
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
  }

  /// The root of the JSON report.
  private record Told(GateVerdict verdict, boolean passes, GateReport report) {}
}
