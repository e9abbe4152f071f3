package dev.refract.harness.run;

import dev.refract.harness.answer.Answerer;
import dev.refract.harness.answer.ImageAnswerer;
import dev.refract.harness.answer.TextAnswerer;
import dev.refract.harness.caption.Captioner;
import dev.refract.harness.dataset.Dataset;
import dev.refract.harness.dispatch.JournaledRequests;
import dev.refract.harness.dispatch.Progress;
import dev.refract.harness.dispatch.RunContext;
import dev.refract.harness.dispatch.StageWatch;
import dev.refract.harness.gpu.GpuSource;
import dev.refract.harness.journal.RunException;
import dev.refract.harness.journal.RunImageStore;
import dev.refract.harness.net.ServerProbe;
import dev.refract.harness.os.ModelServer;
import dev.refract.harness.os.ServerProcess;
import dev.refract.harness.plan.RunPlan;
import dev.refract.harness.plan.RunSettings;
import dev.refract.harness.plan.Scoring;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Evaluates one captioner on its datasets with one answerer: captions, then answers, then scores.
/// A question is asked as soon as its captions are available, so captioner and answerer work
/// concurrently. An interrupted run resumes with what is missing.
public final class Run {

  private final Names names;
  private final RunPlan plan;
  private final Captioner captioner;
  private final Answerer answerer;
  private final RunSettings settings;
  private final GpuSource gpus;

  /// The names of a run, its captioner and its answerer.
  ///
  /// @param folder of the run; its name is the run's name
  public record Names(Path folder, String captioner, String answerer) {

    RunRecord.Names recorded() {
      return new RunRecord.Names(
          folder.toAbsolutePath().normalize().getFileName().toString(), captioner, answerer);
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

  /// Plans the run and rejects invalid settings before any request is sent.
  ///
  /// @param gpus source of readings of this machine's GPUs
  /// @throws RunException when the folder holds another run, or the datasets do not fit
  public static Run prepare(
      Names names,
      List<Dataset> datasets,
      Captioner captioner,
      Answerer answerer,
      RunSettings settings,
      GpuSource gpus) {
    RunPlan plan = RunPlan.of(datasets, captioner, answerer, settings);
    Run run = new Run(names, plan, captioner, answerer, settings, gpus);
    RunSession.resumed(names.folder, run.record(List.of()));
    return run;
  }

  public Path folder() {
    return names.folder;
  }

  /// A cache of this captioner's captions from other runs in a folder.
  ///
  /// @param own the runs of this command
  public CaptionCache captionCache(Path runs, List<Path> own) throws IOException {
    return CaptionCache.beside(runs, captioner, own);
  }

  /// Runs or resumes to the end; returns at once when the run is already complete.
  ///
  /// @param source captions from other runs of the same captioner, or from a load test of it
  /// @throws StoppedRunException when the run was stopped before the end
  public RunFile execute(CaptionSource source, RunContext context)
      throws IOException, InterruptedException {
    String name = names.recorded().name();
    try (RunSession session =
        RunSession.open(names.folder, record(servers()), context, settings.judge())) {
      if (session.isComplete() && Files.isDirectory(session.file().imageFolder())) {
        identifyRunning(session);
        try (Progress progress = context.progress(name, plan.answers())) {
          progress.found(plan.answers());
        }
        return session.file();
      }
      session.begin();
      RunSession.Journals journals = session.journals(plan.hasQueries());
      if (plan.hasQueries() && answerer instanceof TextAnswerer text) {
        try (ServerProcess _ = session.serving(text.server(), "answerer-server.log")) {
          new QueryStage(plan, text, journals.queries()).run(context, name);
        }
      }
      session.throwIfCancelled(() -> "nothing was captioned yet");
      AnswerStage answers =
          new AnswerStage(
              plan.prompts(),
              answerer,
              journals.captions()::last,
              journals.answers(),
              Scoring.of(settings.protocol()),
              null);
      work(session, source, context, journals, answers);
      return session.finish(answers, plan.plannedQuestions(journals.queries()), plan.answers());
    }
  }

  /// Whether the servers of a complete run still serve what it measured; servers that a command
  /// starts are not running now.
  private void identifyRunning(RunSession session) throws IOException, InterruptedException {
    for (ModelServer server : List.of(captioner.server(), answerer.server())) {
      if (server.commands().start() == null) {
        session.identify(server);
      }
    }
  }

  private void work(
      RunSession session,
      CaptionSource source,
      RunContext context,
      RunSession.Journals journals,
      AnswerStage answers)
      throws IOException, InterruptedException {
    CaptionStage captions =
        new CaptionStage(
            captioner,
            journals.captions(),
            new RunImageStore(session.file()),
            source,
            StageWatch.of(context, "captioner", captioner.server(), captioner.identity()));
    try (Progress progress = context.progress(names.recorded().name(), plan.answers())) {
      JournaledRequests requests =
          new JournaledRequests(
              journals.answers(),
              progress,
              StageWatch.of(context, "answerer", answerer.server(), answerer.identity()));
      new RunPipeline(captions, answers, requests, session, context, gpus)
          .work(plan.groups(journals.queries()), session.file().telemetryFile());
    }
  }

  /// The addresses of the servers that receive images, with the software they report.
  private List<String> servers() throws InterruptedException {
    List<ModelServer> seeing = new ArrayList<>(List.of(captioner.server()));
    if (answerer instanceof ImageAnswerer) {
      seeing.add(answerer.server());
    }
    List<String> identities = new ArrayList<>();
    for (ModelServer server : seeing) {
      for (String url : server.addresses()) {
        identities.add(ServerProbe.identity(url, server.access()));
      }
    }
    return identities;
  }

  private RunRecord record(List<String> servers) {
    return RunRecord.begin(
        names.recorded(),
        plan.fingerprint(),
        new RunRecord.Models(
            captioner.identity(), plan.prompts().answerer(), settings.judgeIdentity()),
        settings.record(plan.prompts().form()),
        settings.counts(),
        plan.datasets(),
        Environments.here(gpus, servers),
        settings.command());
  }
}
