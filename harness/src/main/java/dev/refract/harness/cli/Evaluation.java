package dev.refract.harness.cli;

import dev.refract.harness.answer.Answerer;
import dev.refract.harness.answer.ImageAnswerer;
import dev.refract.harness.cli.option.DataOptions;
import dev.refract.harness.cli.option.TrialOptions;
import dev.refract.harness.cli.terminal.SigintHandler;
import dev.refract.harness.cli.text.ResultDetails;
import dev.refract.harness.cli.text.ResultTable;
import dev.refract.harness.config.ModelFactory;
import dev.refract.harness.config.ModelSpec;
import dev.refract.harness.dataset.Dataset;
import dev.refract.harness.dataset.Dataset.OnBad;
import dev.refract.harness.dispatch.RunContext;
import dev.refract.harness.gpu.GpuSource;
import dev.refract.harness.model.ModelStore;
import dev.refract.harness.os.Notices;
import dev.refract.harness.plan.RunSettings;
import dev.refract.harness.run.CaptionCache;
import dev.refract.harness.run.Run;
import dev.refract.manifest.ManifestException;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.Trial;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Runs captioners and answerers over datasets: what `run` and `demo` share.
final class Evaluation {

  private static final int MAX_BAD_ROWS_SHOWN = 10;

  private final PrintWriter out;
  private final PrintStream progress = System.err;
  private final PrintWriter err;

  Evaluation(PrintWriter out, PrintWriter err) {
    this.out = out;
    this.err = err;
  }

  /// @param datasets the selected parts, with distinct names
  /// @param sequential whether a run's captions are all made before its questions are asked
  /// @param allowsModelChange whether a server may serve other weights than in an earlier session
  /// @param arguments arguments of the command, recorded with the runs
  /// @return the runs, ordered by captioner, then by answerer
  List<RunFile> evaluate(
      List<Dataset> datasets,
      OnBad onBad,
      List<ModelSpec> captioners,
      List<ModelSpec> answerers,
      TrialOptions.Asked asked,
      boolean sequential,
      boolean allowsModelChange,
      List<String> arguments,
      Path folder)
      throws IOException, InterruptedException {
    distinct("captioner", captioners.stream().map(ModelFactory::id).toList());
    distinct("answerer", answerers.stream().map(ModelFactory::id).toList());
    distinct("dataset", datasets.stream().map(Dataset::id).toList());
    List<Dataset> read = new ArrayList<>();
    for (Dataset dataset : datasets) {
      read.add(dataset.identified(onBad));
      printBadRows(read.getLast());
    }
    RunContext context =
        new RunContext(
            SigintHandler.listen(progress),
            sequential,
            allowsModelChange,
            new Notices(progress, DataOptions.onTerminal()));
    ModelFactory factory =
        new ModelFactory(
            asked.protocol(),
            ModelStore.ofUser(progress),
            System.getenv(),
            context.cancellation(),
            context.notices());
    try (GpuSource gpus = GpuSource.find();
        Models models = new Models(factory, captioners, answerers, asked.judge())) {
      RunSettings settings = asked.settings(models.judge(), arguments);
      List<Run> runs = new ArrayList<>();
      // Two captioners of the same model still make their own captions each. Only runs of the same
      // captioner, and its placebo, share them.
      List<String> describers = new ArrayList<>();
      for (int c = 0; c < captioners.size(); c++) {
        String captioner = ModelFactory.id(captioners.get(c));
        List<Named> named = named(models, c, captioner, answerers);
        for (Named answerer : named) {
          boolean first = answerer.equals(named.getFirst());
          Path place = folder.resolve(first ? captioner : captioner + "--" + answerer.id());
          runs.add(
              Run.prepare(
                  new Run.Names(place, captioner, answerer.id()),
                  read,
                  models.captioners().get(c),
                  answerer.answerer(),
                  settings,
                  gpus));
          describers.add(ModelFactory.describer(captioners.get(c), captioners.subList(0, c)));
        }
      }
      if (asked.protocol().answer().raw() != null) {
        for (int a = 0; a < answerers.size(); a++) {
          err.printf(
              "Answerer %s gets prompts in %s form%n",
              ModelFactory.id(answerers.get(a)),
              models.answerers().get(a).takesRaw() ? "raw" : "chat");
        }
      }
      return execute(runs, describers, folder, context);
    }
  }

  private record Named(String id, Answerer answerer) {}

  /// The answerers of a captioner: all text answerers, or only the model that sees the image.
  private static List<Named> named(
      Models models, int captioner, String captionerId, List<ModelSpec> answerers) {
    Optional<ImageAnswerer> seeing = models.imageAnswerers().get(captioner);
    if (seeing.isPresent()) {
      return List.of(new Named(captionerId, seeing.get()));
    }
    List<Named> named = new ArrayList<>();
    for (int a = 0; a < answerers.size(); a++) {
      named.add(new Named(ModelFactory.id(answerers.get(a)), models.answerers().get(a)));
    }
    return named;
  }

  /// @param describers for each run, the captioner whose captions it uses
  private static List<RunFile> execute(
      List<Run> runs, List<String> describers, Path folder, RunContext context)
      throws IOException, InterruptedException {
    List<Path> own = runs.stream().map(Run::folder).toList();
    Map<String, CaptionCache> pools = new LinkedHashMap<>();
    List<RunFile> files = new ArrayList<>();
    try {
      for (int i = 0; i < runs.size(); i++) {
        CaptionCache pool = pools.get(describers.get(i));
        if (pool == null) {
          pool = runs.get(i).captionCache(folder, own);
          pools.put(describers.get(i), pool);
        }
        files.add(runs.get(i).execute(pool, context));
        pool.add(files.getLast());
      }
      return files;
    } finally {
      for (CaptionCache pool : pools.values()) {
        pool.close();
      }
    }
  }

  /// Prints the table of results.
  ///
  /// @return {@link ExitCode#INCOMPLETE} when a question failed
  ExitCode report(List<RunFile> runs) {
    out.print(ResultTable.of(runs));
    new ResultDetails(out, runs).print();
    out.flush();
    for (RunFile run : runs) {
      for (String dataset : run.submissions()) {
        err.printf("Submission: %s%n", run.submissionFile(dataset));
      }
    }
    boolean failed = runs.stream().anyMatch(run -> run.summary().overall().missing() > 0);
    if (failed) {
      runs.forEach(this::reasons);
      err.println("Some questions failed; run the same command again to retry only those.");
    }
    return failed ? ExitCode.INCOMPLETE : ExitCode.OK;
  }

  /// Prints the most common reasons why questions of a run failed.
  private void reasons(RunFile run) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (ItemResult item : run.items()) {
      for (Trial trial : item.trials()) {
        for (Outcome outcome : Arrays.asList(trial.outcome(), trial.judged())) {
          if (outcome instanceof Outcome.Failed failed && trial.counts()) {
            counts.merge(failed.stage() + ": " + failed.message(), 1, Integer::sum);
          }
        }
      }
    }
    counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(3)
        .forEach(reason ->
            err.printf(
                "%s: %d failed, %s%n",
                run.folder().getFileName(), reason.getValue(), reason.getKey()));
  }

  private void printBadRows(Dataset dataset) {
    err.printf(
        "Dataset %s: %s, %d images, %d questions%s%n",
        dataset.id(),
        dataset.origin().layout(),
        dataset.samples().size(),
        dataset.questions(),
        dataset.selection().isEmpty() ? "" : " (" + dataset.selection() + ")");
    dataset.notes().forEach(note -> err.printf("  note: %s%n", note));
    if (!dataset.bad().isEmpty()) {
      err.printf("  skipped %d bad samples:%n", dataset.bad().size());
      dataset.bad().stream().limit(MAX_BAD_ROWS_SHOWN).forEach(bad -> err.printf("    %s%n", bad));
      if (dataset.bad().size() > MAX_BAD_ROWS_SHOWN) {
        err.printf(
            "    and %d more; run.json lists all%n", dataset.bad().size() - MAX_BAD_ROWS_SHOWN);
      }
    }
  }

  private static void distinct(String what, List<String> ids) {
    Set<String> seen = new HashSet<>();
    for (String id : ids) {
      if (!seen.add(id)) {
        throw new ManifestException(
            "%s '%s' is named twice; give one of them another id".formatted(what, id));
      }
    }
  }
}
