package dev.refract.harness.run;

import dev.refract.harness.answer.AnswerPrompt;
import dev.refract.harness.answer.Answerer;
import dev.refract.harness.caption.Captioner;
import dev.refract.harness.caption.DirectCaptioner;
import dev.refract.harness.caption.Picture;
import dev.refract.harness.dataset.Dataset;
import dev.refract.harness.dataset.ImageFile;
import dev.refract.harness.dataset.Question;
import dev.refract.harness.gpu.GpuSource;
import dev.refract.harness.llm.ChatReply;
import dev.refract.harness.llm.RequestException;
import dev.refract.harness.llm.ServerProbe;
import dev.refract.harness.os.Halt;
import dev.refract.reports.result.AnswerRecord;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.RunJson;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.result.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One captioner over its datasets with one answerer: captions, then answers, then scores. A
/// caption that lands starts its questions at once, so captioner and answerer work beside each
/// other. Started again after any end, it goes on with what is missing.
public final class Run {

  private final Names names;
  private final RunPlan plan;
  private final Captioner captioner;
  private final Answerer answerer;
  private final RunSettings settings;
  private final GpuSource gpus;

  /// What a run and its parts are called.
  ///
  /// @param folder of the run; its name is the run's name
  public record Names(Path folder, String captioner, String answerer) {

    String run() {
      return folder.toAbsolutePath().normalize().getFileName().toString();
    }
  }

  private Run(
      Names names,
      RunPlan plan,
      Captioner captioner,
      Answerer answerer,
      RunSettings settings,
      GpuSource gpus) {
    this.names = names;
    this.plan = plan;
    this.captioner = captioner;
    this.answerer = answerer;
    this.settings = settings;
    this.gpus = gpus;
  }

  /// Decides what the run will do, and refuses what cannot work, before anything is asked.
  ///
  /// @param gpus who tells of the GPUs of this machine
  /// @throws RunException when the folder holds another run, or the datasets do not fit
  public static Run prepare(
      Names names,
      List<Dataset> datasets,
      Captioner captioner,
      Answerer answerer,
      RunSettings settings,
      GpuSource gpus)
      throws IOException {
    RunPlan plan =
        RunPlan.of(datasets, captioner, answerer.identity(), answerer.takesRaw(), settings);
    Run run = new Run(names, plan, captioner, answerer, settings, gpus);
    run.record(new RunFile(names.folder), List.of());
    return run;
  }

  public Path folder() {
    return names.folder;
  }

  /// Captions that runs in a folder may have of the same captioner.
  ///
  /// @param own the runs of this command
  public CaptionPool poolBeside(Path runs, List<Path> own) throws IOException {
    return CaptionPool.beside(runs, captioner, own);
  }

  /// Runs to the end, or resumes, or finds that all is done.
  ///
  /// @param known captions of other runs of the same captioner, or of a load on it
  /// @throws StoppedRunException when somebody wished to stop before the end
  public RunFile execute(KnownCaptions known, Sitting sitting)
      throws IOException, InterruptedException {
    Files.createDirectories(names.folder);
    try (RunLock _ = RunLock.take(names.folder)) {
      RunFile file = new RunFile(names.folder);
      RunRecord record = record(file, servers());
      if (isDone(file, record)) {
        try (Progress progress = sitting.progress(names.run(), plan.answers())) {
          progress.found(plan.answers());
        }
        return file;
      }
      RunJson.replace(file.recordFile(), RunJson.pretty(record));
      stages(file, known, sitting);
      RunJson.replace(file.recordFile(), RunJson.pretty(record.finished()));
      return file;
    }
  }

  /// Whether an earlier sitting of this very harness left nothing to be asked.
  private static boolean isDone(RunFile file, RunRecord record) {
    if (!Files.exists(file.recordFile())
        || !Files.exists(file.itemsFile())
        || !Files.exists(file.summaryFile())
        || !Files.isDirectory(file.imageFolder())) {
      return false;
    }
    RunRecord known = file.record();
    Summary.Overall overall = file.summary().overall();
    return known.state() == RunRecord.State.FINISHED
        && known.environment().harness().equals(record.environment().harness())
        && overall.failed() + overall.ungradedFailed() + overall.judgedFailed() == 0;
  }

  /// What the captioner's servers say they are; what says nothing is named alone.
  private List<String> servers() throws InterruptedException {
    List<String> told = new ArrayList<>();
    for (String url : captioner.server().addresses()) {
      told.add(ServerProbe.identity(url));
    }
    return told;
  }

  private RunRecord record(RunFile file, List<String> servers) throws IOException {
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
            Environments.here(gpus, servers),
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

  private void stages(RunFile file, KnownCaptions known, Sitting sitting)
      throws IOException, InterruptedException {
    try (Journal<AnswerRecord> queries =
            Journal.openIf(plan.hasQueries(), file.queriesFile(), AnswerRecord.class);
        Journal<CaptionRecord> captions = Journal.open(file.captionsFile(), CaptionRecord.class);
        Journal<AnswerRecord> answers = Journal.open(file.answersFile(), AnswerRecord.class);
        Journal<AnswerRecord> judgements =
            Journal.openIf(settings.judge() != null, file.judgementsFile(), AnswerRecord.class)) {
      queries(queries, sitting);
      goOn(sitting, "nothing was captioned yet");
      Interview interview =
          new Interview(
              plan.answering(),
              this::reply,
              captions::last,
              answers,
              Scoring.of(settings.protocol()),
              null);
      Captioning captioning =
          new Captioning(
              captioner,
              captions,
              new ImageStore(file.imageFolder()),
              known,
              new Alarm(sitting.halt(), "captioner"));
      try (Progress progress = sitting.progress(names.run(), plan.answers())) {
        Asking asking = new Asking(answers, progress, new Alarm(sitting.halt(), "answerer"));
        Stages stages =
            new Stages(captioner, answerer, captioning, interview, asking, sitting, gpus);
        stages.work(plan.units(queries), file.telemetryFile());
      }
      Results results = new Results(interview, plan.entries(queries));
      if (sitting.halt().isWished()) {
        Summary soFar = results.soFar(captions::forEach, answers::forEach);
        goOn(sitting, SoFar.of(names.run(), soFar, plan.answers()));
      }
      results =
          Judges.sit(
              settings.judge(), judgements, interview, results.entries(), sitting, names.run());
      goOn(sitting, "all answers have landed, and not all verdicts of the judge");
      results.write(file, captions::forEach, answers::forEach);
    }
  }

  private void goOn(Sitting sitting, String soFar) {
    Halt.Reason reason = sitting.halt().reason();
    if (reason != null) {
      throw new StoppedRunException(reason, soFar, settings.command());
    }
  }

  /// What each question asks to look at, where the protocol has captioners told.
  private void queries(Journal<AnswerRecord> queries, Sitting sitting) throws InterruptedException {
    if (!plan.hasQueries()) {
      return;
    }
    List<Map.Entry<String, Question>> questions = plan.questions().toList();
    try (Progress progress =
            sitting.progress(names.run() + " (what to look at)", questions.size());
        Stage stage = new Stage(answerer.concurrency(), "query-", sitting.halt())) {
      Asking asking = new Asking(queries, progress, new Alarm(sitting.halt(), "answerer"));
      for (Map.Entry<String, Question> question : questions) {
        stage.submit(() -> {
          String dataset = question.getKey();
          AnswerPrompt prompt = plan.query(question.getValue());
          asking.ask(
              plan.queryFingerprint(dataset, question.getValue()),
              dataset,
              question.getValue().id(),
              "",
              () -> answerer.answer(prompt, 0));
        });
      }
      stage.await();
    }
  }

  private ChatReply reply(Entry entry, AnswerPrompt prompt, int draw)
      throws RequestException, InterruptedException {
    if (captioner instanceof DirectCaptioner direct) {
      List<Picture> pictures = new ArrayList<>();
      for (ImageFile image : entry.files()) {
        pictures.add(
            new Picture(image.name(), image.identity(), Captioning.bytes(image), null, ""));
      }
      return direct.answer(pictures, prompt.user());
    }
    return answerer.answer(prompt, draw);
  }
}
