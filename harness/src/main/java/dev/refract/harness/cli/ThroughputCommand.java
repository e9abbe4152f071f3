package dev.refract.harness.cli;

import dev.refract.harness.cli.option.DataOptions;
import dev.refract.harness.cli.option.LoadImageOptions;
import dev.refract.harness.cli.option.LoadShapeOptions;
import dev.refract.harness.cli.option.TrialOptions;
import dev.refract.harness.cli.terminal.SigintHandler;
import dev.refract.harness.cli.text.LoadText;
import dev.refract.harness.config.EvalConfig;
import dev.refract.harness.config.ModelFactory;
import dev.refract.harness.config.ModelSpec;
import dev.refract.harness.config.ModelSpecParser;
import dev.refract.harness.gpu.Gpu;
import dev.refract.harness.gpu.GpuSource;
import dev.refract.harness.llm.ChatModel;
import dev.refract.harness.load.Goodput;
import dev.refract.harness.load.LoadSession;
import dev.refract.harness.load.LoadShape;
import dev.refract.harness.model.ModelStore;
import dev.refract.harness.net.ServerProbe;
import dev.refract.harness.os.CancellationToken;
import dev.refract.harness.os.Notices;
import dev.refract.harness.run.Environments;
import dev.refract.manifest.ManifestException;
import dev.refract.reports.file.OutputFile;
import dev.refract.reports.load.Knee;
import dev.refract.reports.load.LoadReport;
import dev.refract.reports.load.LoadStep;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Load-tests the server of a captioner.
@Command(
    name = "throughput",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Load-tests a vision model behind a server: measures requests, tokens, latencies and energy.",
      "",
      "Replies are streamed. Each window follows a warm-up on other images without a pause, so that"
          + " the server is busy when it begins. Requests in flight at its end are not counted."
          + " Results are marked VALID, or INVALID with the reasons: a window under 60 s, too few"
          + " requests for a p99, failures, a client that is the bottleneck, a rate that drifts,"
          + " warm caches, throttled GPU clocks."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  refract throughput --synthetic 1280x960 --windows 3 --out caprl.json \\",
      "    --captioner openai:base_url=http://gpu1:8000/v1,model=caprl --concurrency 64",
      "  refract throughput --captioner openai:... --dataset chartqa \\",
      "    --sweep 1,2,4,8,16,32,64",
      "  refract throughput --captioner openai:... --dataset mini --rate 4 \\",
      "    --limit-ttft 0.5",
      "  refract throughput --captioner openai:... --dataset chartqa --concurrency 64 \\",
      "    --with-accuracy runs/timed --answerer openai:...",
      "  refract board runs --throughput caprl.json      shows the results as a page",
      ""
    })
final class ThroughputCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--captioner",
      required = true,
      paramLabel = "SPEC",
      description = "The server, openai:KEY=VALUE,.. as for 'refract run'.")
  private String captioner = "";

  @Mixin private LoadImageOptions showing = new LoadImageOptions();

  @Mixin private DataOptions data = new DataOptions();

  @Mixin private LoadShapeOptions arriving = new LoadShapeOptions();

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "60",
      description = "Length of each window (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "S",
      defaultValue = "10",
      description = "Warm-up before each window (default: ${DEFAULT-VALUE}).")
  private double warmUp;

  @Option(
      names = "--windows",
      paramLabel = "N",
      defaultValue = "1",
      description = "Windows of each load; their spread is reported (default: ${DEFAULT-VALUE}).")
  private int windows;

  @Option(
      names = "--limit-ttft",
      paramLabel = "S",
      description = "For goodput: the longest accepted time to the first text, in seconds.")
  private @Nullable Double limitFirst;

  @Option(
      names = "--limit-latency",
      paramLabel = "S",
      description = "For goodput: the longest accepted time to the last byte, in seconds.")
  private @Nullable Double limitLatency;

  @Option(
      names = "--with-accuracy",
      paramLabel = "FOLDER",
      description =
          "Score exactly the captions that were timed, as a run in this folder; needs --dataset.")
  private @Nullable Path accuracy;

  @Option(
      names = "--answerer",
      paramLabel = "SPEC",
      description = "For --with-accuracy: model that answers (default: embedded).")
  private String answerer = "embedded";

  @Mixin private TrialOptions asking = new TrialOptions();

  @Option(names = "--out", paramLabel = "FILE.json", description = "Write all results as JSON.")
  private @Nullable Path out;

  private void refuseInputsAsOutput() throws IOException {
    if (out == null) {
      return;
    }
    OutputFile output = new OutputFile("--out", out);
    List<Path> inputs = new ArrayList<>(showing.datasetPath().stream().toList());
    if (accuracy != null) {
      inputs.add(accuracy);
    }
    Optional<Path> damaged = output.damaged(inputs);
    if (damaged.isPresent()) {
      throw new ManifestException(
          "--out %s: would overwrite %s or write into it; choose another file"
              .formatted(out, damaged.get()));
    }
  }

  @Override
  public Integer call() throws Exception {
    TrialOptions.Asked asked = asking.or(EvalConfig.EMPTY);
    ModelSpec model = ModelSpecParser.parse("--captioner", captioner);
    CancellationToken cancellation = SigintHandler.listen(System.err);
    ModelFactory factory =
        new ModelFactory(
            asked.protocol(),
            ModelStore.ofUser(System.err),
            System.getenv(),
            cancellation,
            Notices.none());
    ChatModel measured = factory.measured(model);
    List<LoadShape> shapes = shapes();
    refuseInputsAsOutput();
    LoadImageOptions.Chosen chosen = showing.choose(data);
    TimedAccuracy scoring = scoring(chosen, model, asked);
    PrintWriter print = spec.commandLine().getOut();
    try (GpuSource gpus = GpuSource.find()) {
      spec.commandLine().getErr().println("GPUs: " + describe(gpus));
      LoadSession session =
          LoadSession.open(
              new LoadSession.Target(
                  measured.client(),
                  measured.sampling(),
                  chosen.pictures(),
                  asked.protocol().caption().prompt()),
              new LoadSession.Windows(seconds(warmUp), seconds(seconds), windows, goodput()),
              gpus,
              cancellation);
      List<LoadStep> steps = steps(session, shapes, print, cancellation);
      LoadReport.Accuracy scored =
          scoring == null || cancellation.isCancelled()
              ? null
              : scoring.of(session.captions(), factory, gpus, cancellation);
      LoadReport report = report(measured, chosen, asked, gpus, session, steps, scored);
      print.print(LoadText.ending(report, arriving.isSweep()));
      print.flush();
      if (out != null) {
        report.write(out);
      }
      if (scoring != null && scored == null) {
        spec.commandLine().getErr().println("No image was captioned in time: nothing was scored.");
        return ExitCode.INCOMPLETE.code();
      }
      return (cancellation.isCancelled() || isInVain(steps) ? ExitCode.INCOMPLETE : ExitCode.OK)
          .code();
    }
  }

  /// Whether no request of any load was answered.
  private static boolean isInVain(List<LoadStep> steps) {
    return steps.stream()
        .flatMap(step -> step.windows().stream())
        .allMatch(window -> window.requests() == 0);
  }

  private List<LoadStep> steps(
      LoadSession session,
      List<LoadShape> shapes,
      PrintWriter print,
      CancellationToken cancellation)
      throws IOException, InterruptedException {
    List<LoadStep> steps = new ArrayList<>();
    for (LoadShape shape : shapes) {
      LoadStep step = session.measure(shape);
      steps.add(step);
      print.print(LoadText.of(step));
      print.flush();
      if (cancellation.isCancelled() || (arriving.isSweep() && knee(steps) >= 0)) {
        break;
      }
    }
    return steps;
  }

  private static String describe(GpuSource gpus) {
    return gpus.gpus().isEmpty()
        ? gpus.words()
        : "%s (%s)".formatted(String.join("; ", words(gpus)), gpus.words());
  }

  private static List<String> words(GpuSource gpus) {
    return gpus.gpus().stream().map(Gpu::words).toList();
  }

  private static int knee(List<LoadStep> steps) {
    return Knee.of(steps.stream().map(LoadStep::requestsPerSecond).toList());
  }

  private List<LoadShape> shapes() {
    LoadShapeOptions.positive("--seconds", seconds);
    LoadShapeOptions.positive("--windows", windows);
    if (!(warmUp >= 0)) {
      throw new ManifestException("--warm-up: expected 0 or more, found " + warmUp);
    }
    return arriving.shapes();
  }

  private @Nullable TimedAccuracy scoring(
      LoadImageOptions.Chosen chosen, ModelSpec model, TrialOptions.Asked asked) {
    if (accuracy == null) {
      return null;
    } else if (chosen.data() == null) {
      throw new ManifestException(
          "--with-accuracy: expected --dataset, whose questions are asked; found none");
    } else if (arriving.isSweep()) {
      throw new ManifestException(
          "--with-accuracy: expected one load, since a sweep has several; give --concurrency or"
              + " one --rate");
    }
    TimedAccuracy scoring =
        new TimedAccuracy(
            accuracy,
            chosen.data(),
            model,
            ModelSpecParser.parse("--answerer", answerer),
            asked,
            Main.arguments(spec));
    scoring.check();
    return scoring;
  }

  private Goodput goodput() {
    return new Goodput(
        Objects.requireNonNullElse(limitFirst, Double.POSITIVE_INFINITY),
        Objects.requireNonNullElse(limitLatency, Double.POSITIVE_INFINITY));
  }

  private static Duration seconds(double value) {
    return Duration.ofNanos((long) (value * 1e9));
  }

  private LoadReport report(
      ChatModel measured,
      LoadImageOptions.Chosen chosen,
      TrialOptions.Asked asked,
      GpuSource gpus,
      LoadSession session,
      List<LoadStep> steps,
      LoadReport.@Nullable Accuracy scored)
      throws InterruptedException {
    List<String> servers = new ArrayList<>();
    for (String url : measured.client().addresses()) {
      servers.add(ServerProbe.identity(url, measured.client().access()));
    }
    int knee = arriving.isSweep() ? knee(steps) : -1;
    return new LoadReport(
        LoadReport.FORMAT,
        new LoadReport.Origin(
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
            Environments.version(),
            String.join(" ", Main.arguments(spec))),
        measured.identity(),
        chosen.pictures().words(),
        Objects.requireNonNullElse(
            chosen.pictures().words(0, false), asked.protocol().caption().prompt()),
        session.textTokens(),
        session.counters(),
        new LoadReport.Machines(
            words(gpus), gpus.driver(), servers, Runtime.getRuntime().availableProcessors()),
        warmUp,
        steps,
        knee < 0 ? null : steps.get(knee).shape(),
        scored);
  }
}
