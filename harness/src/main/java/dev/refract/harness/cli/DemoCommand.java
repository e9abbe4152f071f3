package dev.refract.harness.cli;

import dev.refract.harness.cli.option.TrialOptions;
import dev.refract.harness.config.EvalConfig;
import dev.refract.harness.config.ModelSpecParser;
import dev.refract.harness.dataset.Dataset;
import dev.refract.harness.dataset.Dataset.OnBad;
import dev.refract.harness.dataset.Selection;
import dev.refract.harness.dataset.store.Datasets;
import dev.refract.manifest.ManifestException;
import dev.refract.manifest.ModelCatalog;
import dev.refract.reports.html.Site;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// A complete evaluation of the bundled suite, on this machine alone.
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Evaluates OCR and two controls on the bundled mini suite with the embedded LLM, and makes a"
          + " leaderboard.",
      "",
      "It needs no server and no GPU. The first demo downloads the LLM's weights (1.1 GB,"
          + " Apache-2.0) and, unless llama-server is on the PATH, llama.cpp (34 MB, MIT); later"
          + " ones reuse its results."
    })
final class DemoCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "12",
      description =
          "Use the first N of the suite's 60 images, a third of each kind (default:"
              + " ${DEFAULT-VALUE}, under four minutes on two cores).")
  private int limit = 12;

  @Option(
      names = "--fast",
      description = "Use a smaller LLM (491 MB), which is faster and understands less.")
  private boolean fast;

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "demo",
      description = "Folder for runs and pages (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("demo");

  @Override
  public Integer call() throws Exception {
    var evaluation = new Evaluation(spec.commandLine().getOut(), spec.commandLine().getErr());
    // Each choice has its own folder, so that two demos do not conflict.
    Path folder = out.resolve("first-" + limit + (fast ? "-fast" : ""));
    var runs =
        evaluation.evaluate(
            List.of(mini()),
            OnBad.FAIL,
            Stream.of("ocr", "blind", "reference")
                .map(kind -> ModelSpecParser.parse("--captioner", kind))
                .toList(),
            List.of(
                ModelSpecParser.parse(
                    "--answerer", fast ? "embedded:model=" + ModelCatalog.FAST : "embedded")),
            new TrialOptions().or(EvalConfig.EMPTY),
            false,
            false,
            Main.arguments(spec),
            folder);
    Path page = new Site(folder.resolve("site")).write(runs);
    ExitCode code = evaluation.report(runs);
    spec.commandLine()
        .getOut()
        .printf("Leaderboard: %s%n", page.toAbsolutePath().normalize().toUri());
    return code.code();
  }

  private Dataset mini() {
    if (limit < 1) {
      throw new ManifestException("limit: expected at least 1 image, found " + limit);
    }
    Dataset whole = Datasets.mini();
    return Selection.first(limit).of(whole);
  }
}
