package dev.refract.harness.cli;

import dev.refract.harness.cli.option.DataOptions;
import dev.refract.harness.cli.option.SelectionOptions;
import dev.refract.harness.cli.option.TrialOptions;
import dev.refract.harness.config.EvalConfig;
import dev.refract.harness.config.ModelSpec;
import dev.refract.harness.config.ModelSpecParser;
import dev.refract.harness.dataset.Dataset;
import dev.refract.harness.dataset.OptionShuffle;
import dev.refract.harness.dataset.Selection;
import dev.refract.manifest.DatasetCatalog;
import dev.refract.manifest.ManifestException;
import dev.refract.manifest.MetricName;
import dev.refract.manifest.Protocol;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Captions, answers, scores: one run folder a captioner.
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Captions images, answers questions from the captions alone, scores the answers.",
      "",
      "Each captioner gets a folder of its own under --out, and one more for each further"
          + " answerer. The same command, given again after any"
          + " interruption, asks only what is missing."
    },
    footerHeading = "%nCaptioners:%n",
    footer = {
      "  ocr                 PP-OCRv4 in this process, offline",
      "  openai:KEY=VALUE,.. a vision model behind vLLM, SGLang, llama.cpp, Ollama,",
      "                      TGI or OpenAI",
      "  blind               control: says nothing; what is left is guessing",
      "  placebo             control: another image's caption by the captioner named before",
      "  reference           control: the dataset's own description, where it has one",
      "  direct              control: the vision model named before answers from the image",
      "Answerers:",
      "  embedded[:model=ID] a small LLM in this process (the default); its weights are",
      "                      fetched once, see 'refract models list'",
      "  openai:KEY=VALUE,.. as above, text only",
      "Keys of openai: base_url and model; id names the run; api_key_env,",
      "  temperature, top_p, repetition_penalty, max_tokens; concurrency (32, or auto",
      "  for what the server bears, auto:512 with the most); several servers of one",
      "  model as base_url=URL|URL; checkpoint, the digest of the weights, with which",
      "  captions of runs beside this one are taken over ('refract models digest');",
      "  timeout_seconds (300), first_byte_seconds, chunk_seconds; max_requests,",
      "  max_total_tokens, max_cost with input_price and output_price per million;",
      "  start, ready, stop: commands for --sequential; dialect (vllm or openai), api",
      "  (chat or completions, for protocols with a raw template; the server is asked);",
      "  tokenizer, the model's tokenizer.json, for servers that count no tokens.",
      "",
      "Examples:",
      "  refract run --dataset mini --captioner ocr --captioner blind",
      "  refract run --dataset charts --answerer embedded \\",
      "    --captioner openai:base_url=http://gpu1:8000/v1,model=caprl,id=step-500",
      "  refract run --suite core --sample 200 --captioner ocr",
      "  refract run --suite caprl --protocol caprl --captioner openai:... \\",
      "    --answerer openai:base_url=http://gpu2:8000/v1,model=caprl-eval-3b",
      "  refract run --dataset mini --captioner ocr --captioner placebo --captioner blind \\",
      "    --rotations 2 --caption-budget 32,64 --answerer embedded \\",
      "    --answerer embedded:id=small,model=smollm2-135m-instruct",
      "  refract run eval.yaml --out runs/nightly",
      ""
    })
final class RunCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      arity = "0..1",
      paramLabel = "CONFIG.yaml",
      description = "What to evaluate; flags replace what it says.")
  private @Nullable Path config;

  @Option(
      names = "--dataset",
      paramLabel = "ID|FOLDER|FILE",
      description =
          "A benchmark of 'refract datasets list', a folder whose layout is recognised, a manifest"
              + " of your own, or a JSON file of CapRL's. Repeatable.")
  private @Nullable List<String> datasets;

  @Option(
      names = "--suite",
      paramLabel = "ID",
      description = "The benchmarks of a suite, such as core. Repeatable.")
  private @Nullable List<String> suites;

  @Option(
      names = "--captioner",
      paramLabel = "SPEC",
      description = "What describes the images. Repeatable.")
  private @Nullable List<String> captioners;

  @Option(
      names = "--answerer",
      paramLabel = "SPEC",
      description =
          "What answers from the captions (default: embedded). Repeatable: each answers from the"
              + " same captions, and whether they rank captioners alike is told.")
  private @Nullable List<String> answerers;

  @Option(
      names = "--sequential",
      description =
          "All captions first, then all answers, for one GPU that holds one model at a time; the"
              + " servers' start, ready and stop commands are run around their stage.")
  private boolean sequential;

  @Mixin private TrialOptions asking = new TrialOptions();

  @Mixin private SelectionOptions selection = new SelectionOptions();

  @Mixin private DataOptions data = new DataOptions();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "runs",
      description = "Where the run folders go (default: ${DEFAULT-VALUE}).")
  private Path out = Path.of("runs");

  @Override
  public Integer call() throws Exception {
    EvalConfig file = config == null ? EvalConfig.EMPTY : EvalConfig.read(config);
    List<ModelSpec> captioning =
        captioners == null
            ? file.captioners()
            : captioners.stream().map(c -> ModelSpecParser.parse("--captioner", c)).toList();
    List<ModelSpec> answering =
        answerers == null
            ? file.answering()
            : answerers.stream().map(a -> ModelSpecParser.parse("--answerer", a)).toList();
    TrialOptions.Asked asked = asking.or(file);
    var evaluation = new Evaluation(spec.commandLine().getOut(), spec.commandLine().getErr());
    var runs =
        evaluation.evaluate(
            opened(file, asked.protocol()),
            selection.onBad(file.onBadSample()),
            given("--captioner", "captioners", captioning),
            answering.isEmpty()
                ? List.of(ModelSpecParser.parse("--answerer", "embedded"))
                : answering,
            asked,
            sequential || Boolean.TRUE.equals(file.sequential()),
            Main.arguments(spec),
            out);
    ExitCode code = evaluation.report(runs);
    spec.commandLine().getErr().printf("Runs: %s%nPages: refract board %s --out site%n", out, out);
    return code.code();
  }

  private List<Dataset> opened(EvalConfig file, Protocol protocol) throws Exception {
    DatasetCatalog catalog = data.catalog();
    List<String> named = named(file, catalog);
    Selection wanted = selection.or(configured(file));
    if (wanted.ids() != null && named.size() > 1) {
      throw new ManifestException("--ids: expected one dataset to find them in, found " + named);
    }
    named.forEach(name -> catalog.find(name).ifPresent(entry -> scorable(entry, protocol)));
    var opener = data.datasets(catalog, file.imageRoot());
    List<Dataset> opened = new ArrayList<>();
    for (String name : named) {
      Dataset whole = opener.open(name, data.request(false));
      boolean shuffled = protocol.answer().options().shuffle();
      opened.add(wanted.of(shuffled ? OptionShuffle.of(whole) : whole));
    }
    return opened;
  }

  /// Refuses what could not be scored before gigabytes of it are fetched.
  private static void scorable(DatasetCatalog.Entry entry, Protocol protocol) {
    if (entry.manifest().metric() == MetricName.CAPTIONQA
        && protocol.score().metric() != MetricName.CAPTIONQA) {
      throw new ManifestException(
          "dataset '%s' is scored with 'captionqa', whose options stand in an order of their own; give --protocol captionqa"
              .formatted(entry.manifest().id()));
    }
  }

  /// The datasets by their names, those of suites after those that are named themselves.
  private List<String> named(EvalConfig file, DatasetCatalog catalog) {
    boolean flags = datasets != null || suites != null;
    List<String> ids = flags ? datasets : file.datasets();
    List<String> names = new ArrayList<>(ids == null ? List.of() : ids);
    List<String> wanted = flags ? suites : file.suites();
    for (String suite : wanted == null ? List.<String>of() : wanted) {
      catalog.suite(suite).datasets().stream()
          .filter(id -> !names.contains(id))
          .forEach(names::add);
    }
    return given("--dataset or --suite", "datasets", names);
  }

  private static Selection configured(EvalConfig file) {
    return new Selection(
        file.selection().limit(),
        file.selection().sample(),
        file.selection().seed() == null ? 0 : file.selection().seed(),
        file.selection().filter() == null ? Map.of() : file.selection().filter(),
        file.selection().ids() == null ? null : SelectionOptions.read(file.selection().ids()));
  }

  private static <T> List<T> given(String flag, String key, @Nullable List<T> values) {
    if (values == null || values.isEmpty()) {
      throw new ManifestException(
          "nothing to do: give %s, or '%s' in the configuration".formatted(flag, key));
    }
    return values;
  }
}
