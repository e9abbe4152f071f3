package dev.refract.harness.cli;

import dev.refract.harness.cli.option.BaselineOptions;
import dev.refract.harness.cli.text.ComparisonText;
import dev.refract.harness.cli.text.RankingText;
import dev.refract.manifest.ManifestException;
import dev.refract.reports.compare.Comparer;
import dev.refract.reports.compare.Comparison;
import dev.refract.reports.compare.Evidence;
import dev.refract.reports.compare.Mismatch;
import dev.refract.reports.compare.RunData;
import dev.refract.reports.file.RunJson;
import dev.refract.reports.stats.SignFlip;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Compares runs and reports which differences are proven.
@Command(
    name = "compare",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Compares runs question by question: the first is the baseline, the others candidates.",
      "",
      "All questions on one image share one caption, so errors are clustered by image. Verdicts"
          + " follow the sign-flip test, Holm-adjusted when there are several candidates."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  refract compare runs/step-400 runs/step-500",
      "  refract compare --baseline main runs/step-500 runs/step-600 --markdown",
      "  refract compare runs/ocr runs/ocr--small --allow answerer",
      "  refract compare runs/* --ranks --margins 1,2,3",
      ""
    })
final class CompareCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description = "Run folders, or names of baselines.")
  private List<String> names = List.of();

  @Option(
      names = "--baseline",
      paramLabel = "NAME|RUN",
      description = "The run to compare with (default: the first RUN).")
  private @Nullable String baseline;

  @Option(
      names = "--allow",
      split = ",",
      paramLabel = "WHAT",
      description =
          "Accept this difference between the runs: ${COMPLETION-CANDIDATES}; asking is rotations,"
              + " repeats and caption budgets, mode is official or strict scoring. Otherwise runs"
              + " that differ in more than their captioner are refused.")
  private Set<Mismatch> allowed = EnumSet.noneOf(Mismatch.class);

  @Option(
      names = "--alpha",
      paramLabel = "P",
      defaultValue = "0.05",
      description = "Significance level of the verdicts (default: ${DEFAULT-VALUE}).")
  private double alpha = 0.05;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Random seed of the sign-flip test's 10,000 draws (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--flips",
      paramLabel = "N",
      defaultValue = "5",
      description = "Show the N questions that changed most (default: ${DEFAULT-VALUE}).")
  private int flips = 5;

  @Option(
      names = "--ranks",
      description = "Compare all pairs; show the range of ranks of each run (Holm-adjusted).")
  private boolean ranks;

  @Option(
      names = "--margins",
      split = ",",
      paramLabel = "POINTS",
      description =
          "With --ranks: a gate's verdict on each pair at these margins, in both directions.")
  private List<Double> margins = List.of();

  @Option(names = "--json", description = "Print everything as JSON, for scripts.")
  private boolean json;

  @Option(names = "--markdown", description = "Print Markdown, for a pull request or a report.")
  private boolean markdown;

  @Option(
      names = "--max-failed",
      paramLabel = "PERCENT",
      defaultValue = "1",
      description =
          "Refuse a run with a larger share of failed answers on a dataset (default:"
              + " ${DEFAULT-VALUE}).")
  private double maxFailed = Evidence.MAX_FAILED;

  @Mixin private BaselineOptions baselines = new BaselineOptions();

  @Override
  public Integer call() {
    if (!(alpha > 0 && alpha < 1)) {
      throw new ManifestException("--alpha: expected between 0 and 1, found " + alpha);
    }
    if (!(maxFailed >= 0 && maxFailed <= 100)) {
      throw new ManifestException("--max-failed: expected 0 to 100, found " + maxFailed);
    } else if (flips < 0) {
      throw new ManifestException("--flips: expected at least 0, found " + flips);
    } else if (ranks && (json || markdown)) {
      throw new ManifestException("--ranks cannot be combined with --json or --markdown");
    } else if (json && markdown) {
      throw new ManifestException("give --json or --markdown, not both");
    } else if (!ranks && !margins.isEmpty()) {
      throw new ManifestException("--margins needs --ranks");
    } else if (margins.stream().anyMatch(m -> m < 0 || m > 100)) {
      throw new ManifestException("--margins: expected 0 to 100 points, found " + margins);
    }
    List<String> all = new ArrayList<>(names);
    if (baseline != null) {
      all.addFirst(baseline);
    }
    if (all.size() < 2) {
      throw new ManifestException("expected at least two runs, found " + all);
    }
    List<RunData> runs = all.stream().map(baselines::run).toList();
    RunData first = runs.getFirst();
    List<RunData> candidates = runs.subList(1, runs.size());
    candidates.forEach(candidate -> comparable(first, candidate));
    runs.forEach(run ->
        Evidence.obstacle(run.record(), run.summary(), maxFailed)
            .ifPresent(obstacle -> {
              throw new ManifestException(obstacle);
            }));
    PrintWriter out = spec.commandLine().getOut();
    List<Comparison> found;
    try {
      if (ranks) {
        out.print(new RankingText(alpha, seed, margins).of(runs));
        out.flush();
        return ExitCode.OK.code();
      }
      found = new Comparer(alpha, SignFlip.RESAMPLES, seed, flips).compare(first, candidates);
    } catch (IllegalArgumentException e) {
      throw new ManifestException(String.valueOf(e.getMessage()));
    }
    if (json) {
      out.print(RunJson.pretty(found));
    } else {
      ComparisonText text = new ComparisonText(alpha);
      out.print(markdown ? text.markdown(found) : text.plain(found));
    }
    out.flush();
    return ExitCode.OK.code();
  }

  private void comparable(RunData a, RunData b) {
    List<Mismatch> found = new ArrayList<>(Mismatch.between(a.record(), b.record()));
    found.removeAll(allowed);
    if (!found.isEmpty()) {
      String words = String.join(",", found.stream().map(Mismatch::toString).toList());
      throw new ManifestException(
          "%s and %s differ in %s, not only in captioner; to compare them, give --allow %s"
              .formatted(a.name(), b.name(), words.replace(",", ", "), words));
    }
  }
}
