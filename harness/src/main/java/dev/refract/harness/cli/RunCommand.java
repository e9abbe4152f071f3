package dev.refract.harness.cli;

import dev.refract.harness.cli.option.DataOptions;
import dev.refract.harness.cli.option.ResumeOptions;
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
import dev.refract.reports.file.ShellWords;
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

/// Captions images, answers questions and scores the answers; writes a run folder per captioner.
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Captions images, answers questions from the captions alone, and scores the answers.",
      "",
      "Each captioner gets its own folder under --out, and one more for each further answerer."
          + " After an interruption, run the same command again: it sends only the missing"
          + " requests."
    },
    footerHeading = "%nCaptioners:%n",
    footer = {
      "  ocr                 PP-OCRv6 in this process",
      "  file:FILE.jsonl     captions that exist already: caption, and image (path or id) or"
          + " sha256",
      "  java:class=NAME,jar=FILE",
      "                      a class of your own that implements ImageDescriber",
      "  openai:KEY=VALUE,.. a vision model behind vLLM, SGLang, llama.cpp, Ollama,",
      "                      TGI or OpenAI",
      "  gguf:FILE,mmproj=FILE",
      "                      a vision model on this machine, run by llama.cpp; FILE or",
      "                      hub:OWNER/NAME/FILE; also context, slots and sampling",
      "  blind               control: no caption, so the answerer can only guess",
      "  placebo             control: captions of the captioner named before it, each",
      "                      given to another image",
      "  reference           control: the dataset's own descriptions, where it has them",
      "  direct              control: the vision model named before it answers from the",
      "                      image, without a caption",
      "Answerers:",
      "  embedded[:model=ID] a small LLM on this machine, run by llama.cpp (the default);",
      "                      what it needs is downloaded once, see 'refract models list'",
      "  gguf:FILE           an LLM on this machine, as above",
      "  openai:KEY=VALUE,.. as above, text only",
      "  java:class=NAME,jar=FILE",
      "                      a class of your own that implements TextResponder",
      "Keys of openai:",
      "  base_url, model     required; base_url=URL|URL for several servers",
      "  id                  name of the run and of its row in tables",
      "  api_key_env         the environment variable that contains the API key",
      "  temperature, top_p, repetition_penalty, max_tokens",
      "                      sampling (default: the protocol's)",
      "  concurrency         requests in flight (default: 32); auto finds what the",
      "                      server can take, auto:512 with an upper limit",
      "  timeout_seconds, first_byte_seconds, chunk_seconds",
      "                      per attempt (default: 300), until the first byte, between",
      "                      two chunks",
      "  max_requests, max_total_tokens, max_cost",
      "                      budget, at which the run stops; max_cost needs input_price",
      "                      or output_price, per million tokens",
      "  checkpoint          digest of the weights ('refract models digest'); with it,",
      "                      captions of other runs under --out are reused",
      "  start, ready, stop_command",
      "                      shell commands for --sequential",
      "  provider            vllm, sglang, llama.cpp, ollama, openai, azure, anthropic,",
      "                      mistral, openrouter or litellm (default: found by the",
      "                      address, or by what the server says)",
      "  top_k, seed, stop, chat_template_kwargs, extra_body, omit, rename,",
      "  headers, query, api_key_header, requests_per_minute, wait_seconds,",
      "  image_format, max_image_side, ca_bundle, ...",
      "                      see docs/servers.md; a dot opens an object:",
      "                      extra_body.chat_template_kwargs.enable_thinking=false",
      "  api                 chat or completions, for protocols with a raw template",
      "                      (default: chosen by querying the server)",
      "  tokenizer           the model's tokenizer.json, for servers that do not report",
      "                      token counts",
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
      description = "What to evaluate; command-line options override it.")
  private @Nullable Path config;

  @Option(
      names = "--dataset",
      paramLabel = "ID|FOLDER|FILE",
      description =
          "A benchmark of 'refract datasets list', a folder in a supported layout, your own"
              + " manifest, or a JSON file of CapRL. Repeatable.")
  private @Nullable List<String> datasets;

  @Option(
      names = "--suite",
      paramLabel = "ID",
      description = "The benchmarks of a suite, such as core. Repeatable.")
  private @Nullable List<String> suites;

  @Option(
      names = "--captioner",
      paramLabel = "SPEC",
      description = "Model or control that captions the images; see below. Repeatable.")
  private @Nullable List<String> captioners;

  @Option(
      names = "--answerer",
      paramLabel = "SPEC",
      description =
          "Model that answers from the captions (default: embedded). Repeatable: each uses the same"
              + " captions, and the rank agreement between answerers is reported.")
  private @Nullable List<String> answerers;

  @Option(
      names = "--sequential",
      description =
          "Make all captions first, then all answers, for a GPU that holds one model at a time."
              + " Each server's start, ready and stop commands run around its stage.")
  private boolean sequential;

  @Mixin private TrialOptions asking = new TrialOptions();

  @Mixin private ResumeOptions resuming = new ResumeOptions();

  @Mixin private SelectionOptions selection = new SelectionOptions();

  @Mixin private DataOptions data = new DataOptions();

  @Option(
      names = "--out",
      paramLabel = "FOLDER",
      defaultValue = "runs",
      description = "Folder for the run folders (default: ${DEFAULT-VALUE}).")
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
            resuming.allowsModelChange(),
            Main.arguments(spec),
            out);
    ExitCode code = evaluation.report(runs);
    spec.commandLine()
        .getErr()
        .printf("Runs: %s%nMake pages: refract board %s --out site%n", out, ShellWords.quoted(out));
    return code.code();
  }

  private List<Dataset> opened(EvalConfig file, Protocol protocol) throws Exception {
    DatasetCatalog catalog = data.catalog();
    List<String> named = named(file, catalog);
    Selection wanted = selection.or(configured(file));
    if (wanted.ids() != null && named.size() > 1) {
      throw new ManifestException("--ids: expected exactly one dataset, found " + named);
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

  /// Refuses data that cannot be scored, before gigabytes of it are fetched.
  private static void scorable(DatasetCatalog.Entry entry, Protocol protocol) {
    if (entry.manifest().metric() == MetricName.CAPTIONQA
        && protocol.score().metric() != MetricName.CAPTIONQA) {
      throw new ManifestException(
          "dataset '%s' needs options in CaptionQA's own order; give --protocol captionqa"
              .formatted(entry.manifest().id()));
    }
  }

  /// The names of all datasets: first those named directly, then those of suites.
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
