package dev.refract.harness.cli;

import dev.refract.harness.cli.option.DataOptions;
import dev.refract.harness.cli.option.ResumeOptions;
import dev.refract.harness.cli.option.TrialOptions;
import dev.refract.harness.cli.terminal.SigintHandler;
import dev.refract.harness.config.EvalConfig;
import dev.refract.harness.config.ModelFactory;
import dev.refract.harness.config.ModelSpec;
import dev.refract.harness.config.ModelSpecParser;
import dev.refract.harness.dispatch.RunContext;
import dev.refract.harness.model.ModelStore;
import dev.refract.harness.os.Notices;
import dev.refract.harness.plan.RunSettings;
import dev.refract.harness.run.AnswerRun;
import dev.refract.reports.result.RunFile;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Answers from saved captions with another answerer.
@Command(
    name = "answer",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Makes a new run: answers a run's questions from its saved captions with another answerer.",
      "",
      "No image is captioned again. After an interruption, run the same command again: it sends"
          + " only the missing requests. 'refract run --help' lists the answerers."
    },
    footerHeading = "%nExample:%n",
    footer = {"  refract answer runs/deplot --answerer embedded --out runs/deplot-embedded", ""})
final class AnswerCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "RUN", description = "The run whose captions are used.")
  private Path source = Path.of("");

  @Option(
      names = "--answerer",
      paramLabel = "SPEC",
      defaultValue = "embedded",
      description = "Model that answers (default: ${DEFAULT-VALUE}).")
  private String answerer = "embedded";

  @Mixin private TrialOptions asking = new TrialOptions();

  @Mixin private ResumeOptions resuming = new ResumeOptions();

  @Option(
      names = "--sample",
      paramLabel = "N",
      defaultValue = "0",
      description = "Only N questions, drawn at random (default: all).")
  private int sample;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Random seed for --sample (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FOLDER",
      description = "The new run's folder; its name is the run's name.")
  private Path out = Path.of("");

  @Override
  public Integer call() throws Exception {
    RunFile from = RunFile.finished(source);
    TrialOptions.Asked asked = asking.or(EvalConfig.EMPTY);
    ModelSpec named = ModelSpecParser.parse("--answerer", answerer);
    RunContext context =
        new RunContext(
            SigintHandler.listen(System.err),
            false,
            resuming.allowsModelChange(),
            new Notices(System.err, DataOptions.onTerminal()));
    ModelFactory factory =
        new ModelFactory(
            asked.protocol(),
            ModelStore.ofUser(System.err),
            System.getenv(),
            context.cancellation(),
            context.notices());
    try (Models models = new Models(factory, List.of(), List.of(named), asked.judge())) {
      RunSettings settings = asked.settings(models.judge(), Main.arguments(spec));
      RunFile run =
          new AnswerRun(
                  from,
                  ModelFactory.id(named),
                  models.answerers().getFirst(),
                  settings,
                  sample,
                  seed)
              .execute(out, context);
      return new Evaluation(spec.commandLine().getOut(), spec.commandLine().getErr())
          .report(List.of(run))
          .code();
    }
  }
}
