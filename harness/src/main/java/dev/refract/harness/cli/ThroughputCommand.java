package dev.refract.harness.cli;

import dev.refract.harness.config.EvalConfig;
import dev.refract.harness.config.ModelFactory;
import dev.refract.harness.config.ModelSpecParser;
import dev.refract.harness.dataset.Dataset;
import dev.refract.harness.dataset.Dataset.OnBad;
import dev.refract.harness.dataset.ImageFile;
import dev.refract.harness.gpu.Gpu;
import dev.refract.harness.gpu.GpuSource;
import dev.refract.harness.load.Knee;
import dev.refract.harness.load.LoadFigures;
import dev.refract.harness.load.LoadSession;
import dev.refract.harness.load.LoadShape;
import dev.refract.harness.load.LoadStep;
import dev.refract.harness.load.Pictures;
import dev.refract.harness.model.ModelStore;
import dev.refract.harness.os.Halt;
import dev.refract.harness.run.Environments;
import dev.refract.manifest.ManifestException;
import dev.refract.manifest.Protocol;
import dev.refract.reports.result.RunJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// What a captioner's server bears.
@Command(
    name = "throughput",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures a vision model behind a server: requests, tokens and energy, with latencies.",
      "",
      "Replies are streamed. A warm-up on other images is not drained: the window begins with the"
          + " server at work, and what is in flight at its end counts nowhere. Figures carry VALID,"
          + " or the reasons why not: a window under 60 s, too few requests for a p99, failures, a"
          + " client that is the bottleneck, a rate that drifts, warm caches, clocks held back."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  refract throughput --captioner openai:base_url=http://gpu1:8000/v1,model=caprl \\",
      "    --synthetic 1280x960 --concurrency 64 --repeats 3 --out caprl.json",
      "  refract throughput --captioner openai:... --dataset chartqa --sweep 1,2,4,8,16,32,64",
      "  refract throughput --captioner openai:... --dataset mini --rate 4 --limit-ttft 0.5",
      ""
    })
final class ThroughputCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--captioner", required = true, paramLabel = "SPEC", description = "The server.")
  private String captioner = "";

  @Option(
      names = "--dataset",
      paramLabel = "ID|FOLDER",
      description = "Whose images are sent, each once as long as there are others.")
  private @Nullable String dataset;

  @Option(
      names = "--synthetic",
      paramLabel = "WxH",
      description = "Made-up images of one size instead, none like another.")
  private @Nullable String synthetic;

  @Option(
      names = "--text",
      description = "No image at all, for a server of a text model; no prompt is like another.")
  private boolean text;

  @Option(
      names = "--concurrency",
      paramLabel = "N",
      description = "Closed loop: N in flight (default: 32).")
  private @Nullable Integer concurrency;

  @Option(
      names = "--sweep",
      split = ",",
      paramLabel = "N,N,..",
      description = "Closed loops of rising concurrency, until more brings no more.")
  private @Nullable List<Integer> sweep;

  @Option(
      names = "--rate",
      paramLabel = "R",
      description = "Open loop: R requests a second, whatever the server does.")
  private @Nullable Double rate;

  @Option(
      names = "--constant",
      description = "Open loop with gaps that are all alike, not Poisson.")
  private boolean constant;

  @Option(names = "--offline", paramLabel = "N", description = "N requests at once.")
  private @Nullable Integer offline;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "60",
      description = "Of each window (default: ${DEFAULT-VALUE}).")
  private double seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "S",
      defaultValue = "10",
      description = "Before each window (default: ${DEFAULT-VALUE}).")
  private double warmUp;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      defaultValue = "1",
      description = "Windows of each shape; their spread is told (default: ${DEFAULT-VALUE}).")
  private int repeats;

  @Option(
      names = "--limit-ttft",
      paramLabel = "S",
      description = "Goodput: the longest time to the first text.")
  private @Nullable Double limitFirst;

  @Option(
      names = "--limit-latency",
      paramLabel = "S",
      description = "Goodput: the longest time to the last byte.")
  private @Nullable Double limitLatency;

  @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Of Poisson gaps.")
  private long seed;

  @Option(names = "--out", paramLabel = "FILE.json", description = "All figures as JSON.")
  private @Nullable Path out;

  @Mixin private DataOptions data = new DataOptions();

  @Override
  public Integer call() throws Exception {
    Protocol protocol = new AskingOptions().or(EvalConfig.EMPTY).protocol();
    Halt halt = Interruption.listen(System.err);
    ModelFactory.Measured measured =
        new ModelFactory(protocol, ModelStore.ofUser(System.err), System.getenv(), halt)
            .measured(ModelSpecParser.parse("--captioner", captioner));
    Pictures pictures = pictures();
    String prompt = protocol.caption().prompt();
    PrintWriter print = spec.commandLine().getOut();
    List<LoadStep> steps = new ArrayList<>();
    try (GpuSource gpus = GpuSource.find()) {
      spec.commandLine().getErr().println("GPUs: " + told(gpus));
      LoadSession session =
          new LoadSession(
              new LoadSession.Target(measured.client(), measured.sampling(), pictures, prompt),
              new LoadSession.Windows(seconds(warmUp), seconds(seconds), repeats, limits()),
              gpus,
              halt);
      for (LoadShape shape : shapes()) {
        LoadStep step = session.measure(shape);
        steps.add(step);
        print.print(LoadText.of(step));
        print.flush();
        if (halt.isWished() || (sweep != null && knee(steps) >= 0)) {
          break;
        }
      }
      if (sweep != null) {
        int knee = knee(steps);
        print.println(
            knee < 0
                ? "No knee: the last step still gained."
                : "Knee: %s, %.2f requests/s; more brings no more."
                    .formatted(steps.get(knee).shape(), steps.get(knee).rate()));
      }
      if (out != null) {
        RunJson.replace(out, RunJson.pretty(report(measured, pictures, prompt, gpus, steps)));
      }
    }
    return (halt.isWished() ? ExitCode.INCOMPLETE : ExitCode.OK).code();
  }

  private static String told(GpuSource gpus) {
    return gpus.gpus().isEmpty()
        ? gpus.words()
        : String.join("; ", gpus.gpus().stream().map(Gpu::words).toList())
            + " ("
            + gpus.words()
            + ")";
  }

  private static int knee(List<LoadStep> steps) {
    return Knee.of(steps.stream().map(LoadStep::rate).toList());
  }

  private List<LoadShape> shapes() {
    long named =
        List.of(concurrency != null, sweep != null, rate != null, offline != null).stream()
            .filter(Boolean::booleanValue)
            .count();
    if (named > 1) {
      throw new ManifestException(
          "expected one of --concurrency, --sweep, --rate and --offline, found " + named);
    }
    positive("--seconds", seconds);
    positive("--repeats", repeats);
    if (warmUp < 0) {
      throw new ManifestException("--warm-up: expected 0 or more, found " + warmUp);
    }
    if (sweep != null) {
      sweep.forEach(users -> positive("--sweep", users));
      return sweep.stream().<LoadShape>map(LoadShape.Closed::new).toList();
    } else if (rate != null) {
      positive("--rate", rate);
      return List.of(new LoadShape.Open(rate, !constant, seed));
    } else if (offline != null) {
      positive("--offline", offline);
      return List.of(new LoadShape.Offline(offline));
    }
    int users = concurrency == null ? 32 : concurrency;
    positive("--concurrency", users);
    return List.of(new LoadShape.Closed(users));
  }

  private static void positive(String name, double value) {
    if (!(value > 0)) {
      throw new ManifestException("%s: expected more than 0, found %s".formatted(name, value));
    }
  }

  private Pictures pictures() throws IOException, InterruptedException {
    long named =
        List.of(dataset != null, synthetic != null, text).stream()
            .filter(Boolean::booleanValue)
            .count();
    if (named != 1) {
      throw new ManifestException(
          "expected one of --dataset, --synthetic and --text, found " + named);
    }
    if (text) {
      return new Pictures.None();
    }
    if (synthetic != null) {
      if (!synthetic.matches("[1-9]\\d{0,4}x[1-9]\\d{0,4}")) {
        throw new ManifestException(
            "--synthetic: expected a size such as 1280x960, found '%s'".formatted(synthetic));
      }
      String[] sides = synthetic.split("x");
      return new Pictures.Synthetic(Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
    }
    Dataset opened =
        data.datasets(data.catalog(), null)
            .open(String.valueOf(dataset), data.request(false))
            .identified(OnBad.FAIL);
    List<ImageFile> images =
        opened.samples().stream().flatMap(sample -> sample.images().stream()).distinct().toList();
    return new Pictures.Stored(images, "%d images of %s".formatted(images.size(), opened.id()));
  }

  private LoadFigures.Limits limits() {
    return new LoadFigures.Limits(
        limitFirst == null ? Double.POSITIVE_INFINITY : limitFirst,
        limitLatency == null ? Double.POSITIVE_INFINITY : limitLatency);
  }

  private static Duration seconds(double value) {
    return Duration.ofNanos((long) (value * 1e9));
  }

  private Map<String, Object> report(
      ModelFactory.Measured measured,
      Pictures pictures,
      String prompt,
      GpuSource gpus,
      List<LoadStep> steps) {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("created", Instant.now().toString());
    report.put("refract", Environments.version());
    report.put("command", String.join(" ", Main.arguments(spec)));
    report.put("captioner", measured.identity());
    report.put("images", pictures.words());
    report.put("prompt", Objects.requireNonNullElse(pictures.words(0, false), prompt));
    report.put("tokens_counted_by", "the server's usage");
    report.put("gpus", gpus.gpus().stream().map(Gpu::words).toList());
    report.put("driver", gpus.driver());
    report.put("processors", Runtime.getRuntime().availableProcessors());
    report.put("warm_up_seconds", warmUp);
    report.put(
        "steps",
        steps.stream()
            .map(step -> {
              Map<String, Object> one = new LinkedHashMap<>();
              one.put("shape", step.shape());
              one.put("verdict", step.validity().words());
              one.put("requests_per_second", step.rate());
              one.put("spread", step.spread());
              one.put("hardware", step.hardware());
              one.put("windows", step.windows());
              return one;
            })
            .toList());
    if (sweep != null) {
      int knee = knee(steps);
      report.put("knee", knee < 0 ? null : steps.get(knee).shape().toLowerCase(Locale.ROOT));
    }
    return report;
  }
}
