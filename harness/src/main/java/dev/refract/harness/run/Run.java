package dev.refract.harness.run;

import dev.refract.harness.answer.AnswerPrompt;
import dev.refract.harness.answer.Answerer;
import dev.refract.harness.caption.Captioner;
import dev.refract.harness.caption.DirectCaptioner;
import dev.refract.harness.caption.Picture;
import dev.refract.harness.dataset.Dataset;
import dev.refract.harness.dataset.ImageFile;
import dev.refract.harness.dataset.Question;
import dev.refract.harness.llm.ChatReply;
import dev.refract.harness.llm.RequestException;
import dev.refract.harness.run.RunPlan.PlannedCaption;
import dev.refract.harness.run.RunPlan.Unit;
import dev.refract.reports.result.AnswerRecord;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.RunJson;
import dev.refract.reports.result.RunRecord;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One captioner over its datasets with one answerer: captions, then answers, then scores. A
/// caption that lands starts its questions at once, so captioner and answerer work beside each
/// other. Started again after any end, it goes on with what is missing.
public final class Run {

  private final Names names;
  private final RunPlan plan;
  private final Captioner captioner;
  private final Answerer answerer;
  private final RunSettings settings;

  /// What a run and its parts are called.
  ///
  /// @param folder of the run; its name is the run's name
  public record Names(Path folder, String captioner, String answerer) {

    String run() {
      return folder.toAbsolutePath().normalize().getFileName().toString();
    }
  }

  private Run(
      Names names, RunPlan plan, Captioner captioner, Answerer answerer, RunSettings settings) {
    this.names = names;
    this.plan = plan;
    this.captioner = captioner;
    this.answerer = answerer;
    this.settings = settings;
  }

  /// Decides what the run will do, and refuses what cannot work, before anything is asked.
  ///
  /// @throws RunException when the folder holds another run, or the datasets do not fit
  public static Run prepare(
      Names names,
      List<Dataset> datasets,
      Captioner captioner,
      Answerer answerer,
      RunSettings settings)
      throws IOException {
    RunPlan plan =
        RunPlan.of(datasets, captioner, answerer.identity(), answerer.takesRaw(), settings);
    Run run = new Run(names, plan, captioner, answerer, settings);
    run.record(new RunFile(names.folder));
    return run;
  }

  /// Runs to the end, or resumes, or finds that all is done.
  ///
  /// @param pool captions of the same command's other runs
  /// @param log for the progress line
  /// @param terminal whether that line can be rewritten
  public RunFile execute(CaptionPool pool, PrintStream log, boolean terminal)
      throws IOException, InterruptedException {
    Files.createDirectories(names.folder);
    try (RunLock _ = RunLock.take(names.folder)) {
      RunFile file = new RunFile(names.folder);
      RunRecord record = record(file);
      RunJson.replace(file.recordFile(), RunJson.pretty(record));
      stages(file, pool, log, terminal);
      RunJson.replace(file.recordFile(), RunJson.pretty(record.finished()));
      return file;
    }
  }

  private RunRecord record(RunFile file) throws IOException {
    RunRecord record =
        new RunRecord(
            RunRecord.FORMAT,
            names.run(),
            names.captioner,
            names.answerer,
            plan.fingerprint(),
            RunRecord.State.RUNNING,
            captioner.identity(),
            plan.answering().answerer(),
            settings.judgeIdentity(),
            settings.record(plan.answering().raw()),
            settings.asking(),
            plan.datasets(),
            Environments.here(),
            settings.command(),
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    return Files.exists(file.recordFile()) ? record.resuming(known(file, record)) : record;
  }

  private static RunRecord known(RunFile file, RunRecord record) {
    RunRecord known = RunFile.open(file.folder()).record();
    if (!known.fingerprint().equals(record.fingerprint())) {
      throw new RunException(
          "%s holds a run of other settings or data (%s); choose another --out, or delete it"
              .formatted(file.folder(), Difference.between(known, record)));
    }
    return known;
  }

  private void stages(RunFile file, CaptionPool pool, PrintStream log, boolean terminal)
      throws IOException, InterruptedException {
    ImageStore store = new ImageStore(file.imageFolder());
    String name = names.run();
    try (Journal<AnswerRecord> queries =
            Journal.openIf(plan.hasQueries(), file.queriesFile(), AnswerRecord.class);
        Journal<CaptionRecord> captions = Journal.open(file.captionsFile(), CaptionRecord.class);
        Journal<AnswerRecord> answers = Journal.open(file.answersFile(), AnswerRecord.class);
        Journal<AnswerRecord> judgements =
            Journal.openIf(settings.judge() != null, file.judgementsFile(), AnswerRecord.class)) {
      queries(queries, log, terminal);
      List<Unit> units = plan.units(queries).toList();
      Interview interview =
          new Interview(
              plan.answering(),
              this::reply,
              captions::last,
              answers,
              Scoring.of(settings.protocol()),
              null);
      try (Progress progress = new Progress(log, terminal, name, plan.answers())) {
        work(units, new Captioning(captioner, captions, store, pool), interview, progress);
      }
      List<Entry> entries = units.stream().flatMap(u -> u.entries().stream()).toList();
      Judges.sit(settings.judge(), judgements, interview, entries, log, terminal, name)
          .write(file, captions.all(), answers.all());
    }
  }

  /// What each question asks to look at, where the protocol has captioners told.
  private void queries(Journal<AnswerRecord> queries, PrintStream log, boolean terminal)
      throws InterruptedException {
    if (!plan.hasQueries()) {
      return;
    }
    List<Map.Entry<String, Question>> questions = plan.questions().toList();
    try (Progress progress =
            new Progress(log, terminal, names.run() + " (what to look at)", questions.size());
        Stage asking = new Stage(answerer.concurrency(), "query-")) {
      Asking queried = new Asking(queries, progress);
      questions.forEach(question ->
          asking.submit(() -> {
            String dataset = question.getKey();
            AnswerPrompt prompt = plan.query(question.getValue());
            queried.ask(
                plan.queryFingerprint(dataset, question.getValue()),
                dataset,
                question.getValue().id(),
                "",
                () -> answerer.answer(prompt, 0));
          }));
      asking.await();
    }
  }

  private void work(List<Unit> units, Captioning captioning, Interview interview, Progress progress)
      throws InterruptedException {
    // One picture may stand in several samples and datasets: it is captioned once. The questions on
    // a description start when the last of its captions lands.
    Map<String, Awaited> byCaption = new LinkedHashMap<>();
    for (Unit unit : units) {
      List<Entry> entries = unit.entries();
      if (unit.lost() != null) {
        entries.forEach(entry ->
            plan.answering()
                .times(entry.question(), 0)
                .forEach(_ -> progress.answered(false, true)));
      }
      for (int sample = 0; sample < unit.captions().size(); sample++) {
        List<PlannedCaption> description = unit.captions().get(sample);
        Waiting waiting = new Waiting(entries, sample, description);
        for (PlannedCaption caption : description.stream().distinct().toList()) {
          byCaption
              .computeIfAbsent(
                  caption.fingerprint(),
                  _ -> new Awaited(unit.dataset(), caption, unit.query(), new ArrayList<>()))
              .descriptions
              .add(waiting);
        }
      }
    }
    // First come, first served: questions of one caption stay together, which an embedded
    // answerer's cache needs.
    boolean direct = plan.answering().direct();
    try (Stage describing = new Stage(captioner.concurrency(), "caption-");
        Stage answering =
            new Stage(direct ? captioner.concurrency() : answerer.concurrency(), "answer-")) {
      describing.stopsWith(answering);
      answering.stopsWith(describing);
      for (Awaited awaited : byCaption.values()) {
        describing.submit(() -> {
          captioning.caption(awaited.dataset, awaited.caption, awaited.query);
          synchronized (answering) {
            for (Waiting waiting : awaited.descriptions) {
              if (waiting.isLast()) {
                waiting.entries.forEach(
                    entry -> interview.ask(entry, waiting.sample, answering, progress));
              }
            }
          }
        });
      }
      describing.await();
      answering.await();
    }
  }

  /// A caption and the descriptions that wait for it.
  private record Awaited(
      String dataset, PlannedCaption caption, @Nullable String query, List<Waiting> descriptions) {}

  /// One caption of each image of a question, of which some may not have landed.
  private static final class Waiting {

    private final List<Entry> entries;
    private final int sample;
    private int missing;

    Waiting(List<Entry> entries, int sample, List<PlannedCaption> description) {
      this.entries = entries;
      this.sample = sample;
      this.missing = (int) description.stream().distinct().count();
    }

    boolean isLast() {
      return --missing == 0;
    }
  }

  private ChatReply reply(Entry entry, AnswerPrompt prompt, int draw)
      throws RequestException, InterruptedException {
    if (captioner instanceof DirectCaptioner direct) {
      List<Picture> pictures = new ArrayList<>();
      for (ImageFile image : entry.files()) {
        pictures.add(new Picture(image.name(), Captioning.bytes(image), null, ""));
      }
      return direct.answer(pictures, prompt.user());
    }
    return answerer.answer(prompt, draw);
  }
}
