package dev.refract.harness.cli;

import dev.refract.harness.cli.option.BaselineOptions;
import dev.refract.manifest.ManifestException;
import dev.refract.reports.compare.Comparer;
import dev.refract.reports.compare.Join;
import dev.refract.reports.compare.RunData;
import dev.refract.reports.compare.ScoredQuestion;
import dev.refract.reports.stats.PairedDifference;
import dev.refract.reports.stats.Power;
import dev.refract.reports.stats.SignFlip;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Computes what a comparison can prove, before GPU time is spent.
@Command(
    name = "power",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Computes the smallest difference, and the smallest gate margin, that N questions can prove"
          + " with 80 %% power.",
      "",
      "discordance: the share of questions whose answers change from one checkpoint to the next,"
          + " often 5 to 20 %%. correlation: how strongly the changes on one image correlate."
          + " --from measures both on two runs."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  refract power --n 2000 --images 500 --discordance 0.1",
      "  refract power --from runs/step-400 --from runs/step-500 --n 5000",
      ""
    })
final class PowerCommand implements Callable<Integer> {

  private static final int[] STEPS = {1, 2, 5, 10, 20, 50, 100};
  private static final int PLOT_COLUMNS = 50;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--n",
      paramLabel = "N",
      description =
          "Number of questions; required without --from (default with it: those that the runs"
              + " share).")
  private @Nullable Integer questions;

  @Option(
      names = "--images",
      paramLabel = "N",
      description = "Number of images that the questions are about (default: one per question).")
  private @Nullable Integer images;

  @Option(
      names = "--discordance",
      paramLabel = "SHARE",
      description = "Share of questions whose answers change (default: 0.1).")
  private @Nullable Double discordance;

  @Option(
      names = "--correlation",
      paramLabel = "RHO",
      description = "Correlation of the changes on one image (default: 0.1).")
  private @Nullable Double correlation;

  @Option(
      names = "--alpha",
      paramLabel = "P",
      defaultValue = "0.05",
      description = "Significance level of the test (default: ${DEFAULT-VALUE}).")
  private double alpha = 0.05;

  @Option(
      names = {"--like", "--from"},
      arity = "1..*",
      paramLabel = "RUN",
      description =
          "Two or more runs with which to measure how much scores differ, graded ones too: the"
              + " first with each of the others.")
  private List<String> like = new ArrayList<>();

  @Mixin private BaselineOptions baselines = new BaselineOptions();

  @Override
  public Integer call() {
    if (!(alpha > 0 && alpha < 1)) {
      throw new ManifestException("--alpha: expected between 0 and 1, found " + alpha);
    }
    Power power = like.isEmpty() ? expected() : measured();
    if (!(power.variance() > 0)) {
      throw new ManifestException(
          "discordance: expected above 0, found 0; if no answer changes, nothing can be proven");
    }
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%,.0f questions; a question's difference has a standard deviation of %.3f, with the"
            + " correlation on each image; alpha %.3g%n",
        power.n(), Math.sqrt(power.variance()), alpha);
    out.printf(
        "  smallest difference that a comparison finds: %.1f points%n", 100 * power.detectable());
    out.printf(
        "  smallest margin that a gate can prove:       %.1f points%n", 100 * power.margin());
    out.println();
    out.println("  margin  questions");
    for (double margin : new double[] {0.5, 1, 2, 3, 5}) {
      out.printf("  %4.1f    %,d%n", margin, (long) power.questionsFor(margin / 100));
    }
    out.println();
    plot(power, out);
    out.flush();
    return ExitCode.OK.code();
  }

  /// Prints a bar chart of the margin over the number of questions.
  private void plot(Power power, PrintWriter out) {
    out.println("  questions  margin that a gate can prove, in points");
    double longest = power.with(100).margin();
    for (int step : STEPS) {
      Power at = power.with(100.0 * step);
      int length = Math.max(1, (int) Math.round(PLOT_COLUMNS * at.margin() / longest));
      out.printf("  %,9.0f  %s %.1f%n", at.n(), "#".repeat(length), 100 * at.margin());
    }
  }

  private Power expected() {
    if (questions == null || questions < 1) {
      throw new ManifestException("--n: expected at least 1 question, found " + questions);
    }
    int on = images == null ? questions : images;
    if (on < 1 || on > questions) {
      throw new ManifestException("--images: expected 1 to --n, found " + on);
    }
    double perImage = (double) questions / on;
    if (!SignFlip.canProve(on, alpha)) {
      throw new ManifestException(
          "--images: %d images cannot prove any difference at alpha %s; use more"
              .formatted(on, alpha));
    }
    return Power.expected(
        questions,
        share("--discordance", discordance, 0.1),
        Power.designEffect(perImage, share("--correlation", correlation, 0.1)),
        alpha);
  }

  private Power measured() {
    if (images != null || correlation != null || discordance != null) {
      throw new ManifestException(
          "--like measures what --images, --correlation and --discordance say; leave them out");
    }
    if (like.size() < 2) {
      throw new ManifestException("--like: expected at least two runs, found " + like);
    }
    RunData first = baselines.run(like.getFirst());
    double variance = 0;
    int n = 0;
    for (String other : like.subList(1, like.size())) {
      RunData run = baselines.run(other);
      Join join = Join.of(ScoredQuestion.of(first.items()), ScoredQuestion.of(run.items()));
      if (join.matched().isEmpty()) {
        throw new ManifestException(
            "--like: %s and %s have no question in common".formatted(first.name(), run.name()));
      }
      PairedDifference paired =
          Comparer.paired(join, _ -> "all").values().stream().findFirst().orElseThrow();
      if (!SignFlip.canProve(paired.images(), alpha)) {
        throw new ManifestException(
            "--like: %d images cannot prove any difference at alpha %s; use more"
                .formatted(paired.images(), alpha));
      }
      variance += Power.of(paired, alpha).variance() / (like.size() - 1);
      n = paired.n();
    }
    return new Power(questions == null ? n : questions, variance, alpha);
  }

  private static double share(String flag, @Nullable Double given, double otherwise) {
    if (given != null && !(given >= 0 && given <= 1)) {
      throw new ManifestException(flag + ": expected 0 to 1, found " + given);
    }
    return given == null ? otherwise : given;
  }
}
