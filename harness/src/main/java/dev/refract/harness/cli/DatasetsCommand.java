package dev.refract.harness.cli;

import dev.refract.harness.cli.option.DataOptions;
import dev.refract.harness.cli.option.SelectionOptions;
import dev.refract.harness.dataset.Dataset;
import dev.refract.harness.dataset.Question;
import dev.refract.harness.dataset.Selection;
import dev.refract.harness.dataset.store.DatasetStore;
import dev.refract.harness.dataset.store.Exporter;
import dev.refract.harness.dataset.store.Receipt;
import dev.refract.manifest.BundledSuite;
import dev.refract.manifest.DatasetCatalog;
import dev.refract.manifest.DatasetCatalog.Entry;
import dev.refract.manifest.DatasetManifest;
import dev.refract.manifest.SuiteManifest;
import dev.refract.reports.file.RunJson;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Lists, fetches, verifies and exports benchmark datasets.
@Command(
    name = "datasets",
    mixinStandardHelpOptions = true,
    description = {
      "Lists, shows, fetches, verifies, locks and exports benchmarks.",
      "",
      "Fetched benchmarks are kept in the cache of the Hugging Face hub or of refract; all runs"
          + " share them. The environment variables HF_ENDPOINT, HF_TOKEN, HF_HOME and VLMEvalKit's"
          + " LMUData apply."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  refract datasets list",
      "  refract datasets show chartqa",
      "  refract datasets fetch chartqa docvqa",
      "  refract datasets export chartqa --out chartqa --sample 100",
      ""
    })
final class DatasetsCommand {

  private static final int MAX_BAD_SHOWN = 20;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Command(mixinStandardHelpOptions = true, description = "Lists the benchmarks and suites.")
  int list(
      @Option(names = "--json", description = "Print JSON, for scripts.") boolean json,
      @Mixin DataOptions data) {
    DatasetCatalog catalog = data.catalog();
    DatasetStore store = data.store();
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    catalog.problems().forEach(problem -> err.println("Skipped: " + problem));
    if (json) {
      List<Map<String, Object>> rows = new ArrayList<>();
      rows.add(mini());
      catalog.all().forEach(entry -> rows.add(row(entry, store)));
      out.print(RunJson.pretty(rows));
      out.flush();
      return ExitCode.OK.code();
    }
    out.printf("%-20s %-12s %6s  %-17s %-8s %s%n", "id", "category", "n", "metric", "", "licence");
    line(out, mini());
    catalog.all().forEach(entry -> line(out, row(entry, store)));
    for (SuiteManifest suite : catalog.suites()) {
      out.printf(
          "%nsuite %s: %s%n  %s%n", suite.id(), suite.title(), String.join(", ", suite.datasets()));
    }
    return ExitCode.OK.code();
  }

  private static void line(PrintWriter out, Map<String, Object> row) {
    Object n = row.get("questions");
    out.printf(
        "%-20s %-12s %6s  %-17s %-8s %s%n",
        row.get("id"),
        row.get("category"),
        n == null ? "?" : n,
        row.get("metric"),
        Boolean.TRUE.equals(row.get("here")) ? "here" : "",
        row.get("licence"));
  }

  private static Map<String, Object> mini() {
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", BundledSuite.MINI);
    row.put("title", "60 drawn charts, documents and infographics");
    row.put("category", "mixed");
    row.put("questions", 240);
    row.put("metric", "per question");
    row.put("licence", "CC0-1.0");
    row.put("images", "show");
    row.put("gold", true);
    row.put("sources", List.of("bundled"));
    row.put("here", true);
    return row;
  }

  private static Map<String, Object> row(Entry entry, DatasetStore store) {
    DatasetManifest manifest = entry.manifest();
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("id", manifest.id());
    row.put("title", manifest.title());
    row.put("category", manifest.category().toString());
    row.put("questions", manifest.expect() == null ? null : manifest.expect().questions());
    row.put("metric", manifest.metric().toString());
    row.put("licence", manifest.licence());
    row.put("images", manifest.images().name().toLowerCase(java.util.Locale.ROOT));
    row.put("gold", manifest.hasGold());
    row.put("paper", manifest.paper());
    row.put("homepage", manifest.homepage());
    row.put("sources", manifest.sources().stream().map(s -> s.place().kind()).toList());
    row.put("locked", entry.lock() != null);
    row.put("here", store.has(entry));
    return row;
  }

  @Command(
      mixinStandardHelpOptions = true,
      description =
          "Shows what a benchmark or a folder is and, if its data are on this machine, what it"
              + " contains.")
  int show(
      @Parameters(
              paramLabel = "ID|FOLDER|FILE",
              description = "A benchmark, a folder, a manifest or a JSON file of CapRL.")
          String name,
      @Option(names = "--manifest", description = "Print the manifest, as a template for your own.")
          boolean manifest,
      @Mixin DataOptions data)
      throws Exception {
    DatasetCatalog catalog = data.catalog();
    PrintWriter out = spec.commandLine().getOut();
    Optional<Entry> entry = catalog.find(name);
    if (manifest) {
      out.print(catalog.text(catalog.get(name)));
      out.flush();
      return ExitCode.OK.code();
    }
    if (entry.isPresent()) {
      printManifest(out, entry.get());
      if (!data.store().has(entry.get(), data.request(false))) {
        out.printf("  not fetched  refract datasets fetch %s%n", name);
        return ExitCode.OK.code();
      }
    }
    Dataset dataset = data.datasets(catalog, null).open(name, data.request(false));
    if (entry.isEmpty()) {
      out.printf("%s: %s layout%n", dataset.id(), dataset.origin().layout());
    }
    counts(out, dataset);
    return (dataset.samples().isEmpty() ? ExitCode.DATA : ExitCode.OK).code();
  }

  private static void printManifest(PrintWriter out, Entry entry) {
    DatasetManifest m = entry.manifest();
    out.printf("%s: %s%n", m.id(), m.title());
    out.printf("  category     %s%n  metric       %s%n", m.category(), m.metric());
    DatasetManifest.Scorer scorer = m.scorer();
    if (scorer != null) {
      String at = scorer.commit() == null ? "" : " @" + scorer.commit();
      out.printf("  scored as    %s%s%n", scorer.script(), at);
      if (scorer.approximate() != null) {
        out.printf("  approximate  %s%n", scorer.approximate());
      }
    }
    out.printf("  licence      %s%n  homepage     %s%n", m.licence(), m.homepage());
    out.printf("  paper        %s%n", m.paper());
    m.sources()
        .forEach(source -> out.printf("  source       %s, %s%n", source.place(), source.format()));
    if (m.questionSuffix() != null) {
      out.printf("  suffix       %s%n", m.questionSuffix());
    }
    if (entry.lock() != null) {
      out.printf("  locked       %s %s%n", entry.lock().place(), entry.lock().revision());
    }
  }

  private static void counts(PrintWriter out, Dataset dataset) {
    out.printf("  images       %d%n  questions    %d%n", dataset.images(), dataset.questions());
    tally(out, "metric", dataset, Question::metric);
    tally(out, "group", dataset, Question::group);
    if (dataset.origin().revision() != null) {
      out.printf("  revision     %s%n", dataset.origin().revision());
    }
    dataset.notes().forEach(note -> out.printf("  note         %s%n", note));
    dataset.bad().stream()
        .limit(MAX_BAD_SHOWN)
        .forEach(bad -> out.printf("  bad          %s%n", bad));
    if (dataset.bad().size() > MAX_BAD_SHOWN) {
      out.printf("  bad          and %d more%n", dataset.bad().size() - MAX_BAD_SHOWN);
    }
  }

  private static void tally(
      PrintWriter out, String what, Dataset dataset, Function<Question, String> key) {
    dataset.samples().stream()
        .flatMap(sample -> sample.questions().stream())
        .collect(Collectors.groupingBy(key, TreeMap::new, Collectors.counting()))
        .forEach((value, count) -> out.printf("  %-12s %s: %d%n", what, value, count));
  }

  /// The entry of an id, or the manifest in a file.
  private static Entry entry(DatasetCatalog catalog, String name) {
    return name.matches(".*\\.ya?ml") ? DatasetCatalog.read(Path.of(name)) : catalog.get(name);
  }

  @Command(
      mixinStandardHelpOptions = true,
      description =
          "Fetches benchmarks in parallel, resumes interrupted downloads and verifies checksums"
              + " while downloading.")
  int fetch(
      @Parameters(
              paramLabel = "ID|FILE.yaml",
              arity = "1..*",
              description = "Benchmarks, suites or manifests.")
          List<String> ids,
      @Option(
              names = "--refresh",
              description = "Check the source for a newer version even if one is here.")
          boolean refresh,
      @Mixin DataOptions data)
      throws Exception {
    DatasetCatalog catalog = data.catalog();
    List<Entry> entries = ids.stream().map(id -> entry(catalog, id)).toList();
    for (Entry entry : entries) {
      Receipt receipt = data.store().fetch(entry, data.request(refresh));
      printReceipt(receipt, entry, "fetched");
    }
    return ExitCode.OK.code();
  }

  private void printReceipt(Receipt receipt, Entry entry, String what) {
    PrintWriter out = spec.commandLine().getOut();
    long bytes = receipt.files().stream().mapToLong(Receipt.FetchedFile::size).sum();
    out.printf(
        "%s: %s, %d files, %.1f MB, %s%s%n",
        entry.manifest().id(),
        what,
        receipt.files().size(),
        bytes / 1e6,
        receipt.place(),
        receipt.revision() == null ? "" : " at " + receipt.revision());
  }

  @Command(
      mixinStandardHelpOptions = true,
      description =
          "Reads a fetched benchmark again: compares every checksum and parses every row.")
  int verify(
      @Parameters(
              paramLabel = "ID|FILE.yaml",
              arity = "1..*",
              description = "Benchmarks, suites or manifests.")
          List<String> ids,
      @Mixin DataOptions data)
      throws Exception {
    DatasetCatalog catalog = data.catalog();
    List<Entry> entries = ids.stream().map(id -> entry(catalog, id)).toList();
    boolean good = true;
    for (Entry entry : entries) {
      List<String> changes = data.store().verify(entry, data.request(false));
      if (changes.isEmpty()) {
        Dataset dataset =
            data.store().open(entry, data.request(false)).identified(Dataset.OnBad.SKIP);
        spec.commandLine().getOut().printf("%s: verified%n", entry.manifest().id());
        counts(spec.commandLine().getOut(), dataset);
        good &= dataset.bad().isEmpty();
      } else {
        good = false;
        changes.forEach(change ->
            spec.commandLine().getErr().printf("%s: %s%n", entry.manifest().id(), change));
      }
    }
    return (good ? ExitCode.OK : ExitCode.DATA).code();
  }

  @Command(
      mixinStandardHelpOptions = true,
      description =
          "Writes commit, sizes and checksums to a lock file beside the manifest; from then on"
              + " refract refuses any other data.")
  int lock(
      @Parameters(
              paramLabel = "ID|FILE.yaml",
              arity = "1..*",
              description = "Benchmarks, suites or manifests.")
          List<String> ids,
      @Option(names = "--refresh", description = "Lock to the current version of the source.")
          boolean refresh,
      @Mixin DataOptions data)
      throws Exception {
    Files.createDirectories(data.folder());
    DatasetCatalog catalog = data.catalog();
    List<Entry> entries = ids.stream().map(id -> entry(catalog, id)).toList();
    for (Entry entry : entries) {
      Entry free = refresh ? new Entry(entry.manifest(), entry.folder(), null) : entry;
      Receipt receipt = data.store().fetch(free, data.request(refresh));
      Path folder = entry.folder() == null ? data.folder() : entry.folder();
      Path file = data.store().lock(entry, receipt, folder);
      printReceipt(receipt, entry, "locked in " + file);
    }
    return ExitCode.OK.code();
  }

  @Command(
      mixinStandardHelpOptions = true,
      description = "Writes a benchmark, or a part of it, as refract JSONL or as Parquet.")
  int export(
      @Parameters(
              paramLabel = "ID|FOLDER|FILE",
              description = "A benchmark, a folder, a manifest or a JSON file of CapRL.")
          String name,
      @Option(
              names = "--out",
              paramLabel = "FOLDER",
              required = true,
              description = "A new folder.")
          Path out,
      @Option(
              names = "--format",
              paramLabel = "jsonl|parquet",
              defaultValue = "jsonl",
              description = "JSON Lines with image files, or one file (default: ${DEFAULT-VALUE}).")
          Exporter.Format format,
      @Mixin SelectionOptions selection,
      @Mixin DataOptions data)
      throws Exception {
    Dataset whole = data.datasets(data.catalog(), null).open(name, data.request(false));
    Dataset some = selection.or(Selection.ALL).of(whole).identified(selection.onBad(null));
    Path written = Exporter.export(some, format, out);
    spec.commandLine()
        .getOut()
        .printf("%s: %d images, %d questions%n", written, some.images(), some.questions());
    if (!some.bad().isEmpty()) {
      spec.commandLine().getOut().printf("left out: %d bad rows or images%n", some.bad().size());
      some.bad().stream()
          .limit(MAX_BAD_SHOWN)
          .forEach(bad -> spec.commandLine().getOut().printf("  bad          %s%n", bad));
    }
    return ExitCode.OK.code();
  }
}
