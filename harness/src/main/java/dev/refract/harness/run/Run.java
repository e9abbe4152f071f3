package dev.refract.harness.run;

import dev.refract.harness.answer.AnswerPrompt;
import dev.refract.harness.answer.Answerer;
import dev.refract.harness.caption.Caption;
import dev.refract.harness.caption.Captioner;
import dev.refract.harness.caption.Picture;
import dev.refract.harness.dataset.Dataset;
import dev.refract.harness.dataset.ImageFile;
import dev.refract.harness.dataset.Question;
import dev.refract.harness.run.RunPlan.PlannedCaption;
import dev.refract.harness.run.RunPlan.PlannedSample;
import dev.refract.reports.result.AnswerRecord;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.RunJson;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.result.Summary;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One captioner over its datasets: captions, then answers, then scores. A caption that lands
/// starts its questions at once, so captioner and answerer work beside each other. Started again
/// after any end, it goes on with what is missing.
public final class Run {

  private final Path folder;
  private final RunPlan plan;
  private final Captioner captioner;
  private final Answerer answerer;

  private Run(Path folder, RunPlan plan, Captioner captioner, Answerer answerer) {
    this.folder = folder;
    this.plan = plan;
    this.captioner = captioner;
    this.answerer = answerer;
  }

  /// Decides what the run will do, and refuses what cannot work, before anything is asked.
  ///
  /// @param folder of this run; its name is the run's name
  /// @throws RunException when the folder holds another run, or the datasets do not fit
  public static Run prepare(
      Path folder,
      List<Dataset> datasets,
      Captioner captioner,
      Answerer answerer,
      Protocol protocol)
      throws IOException {
    RunPlan plan = RunPlan.of(datasets, captioner, answerer, protocol);
    Run run = new Run(folder, plan, captioner, answerer);
    run.record(new RunFile(folder));
    return run;
  }

  /// Runs to the end, or resumes, or finds that all is done.
  ///
  /// @param log for the progress line
  /// @param terminal whether that line can be rewritten
  public RunFile execute(PrintStream log, boolean terminal)
      throws IOException, InterruptedException {
    Files.createDirectories(folder);
    try (RunLock _ = RunLock.take(folder)) {
      RunFile file = new RunFile(folder);
      RunRecord record = record(file);
      RunJson.replace(file.recordFile(), RunJson.pretty(record));
      stages(file, log, terminal);
      RunJson.replace(file.recordFile(), RunJson.pretty(record.finished()));
      return file;
    }
  }

  private RunRecord record(RunFile file) throws IOException {
    String name = folder.toAbsolutePath().normalize().getFileName().toString();
    String fingerprint = plan.fingerprint();
    String created = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    if (Files.exists(file.recordFile())) {
      RunRecord known = RunFile.open(folder).record();
      if (!known.fingerprint().equals(fingerprint)) {
        throw new RunException(
            "%s holds a run of other settings or data (%s); choose another --out, or delete it"
                .formatted(folder, Difference.between(known, plan, captioner, answerer)));
      }
      created = known.created();
    }
    return new RunRecord(
        RunRecord.FORMAT,
        name,
        fingerprint,
        RunRecord.State.RUNNING,
        captioner.identity(),
        answerer.identity(),
        plan.protocol().record(),
        plan.datasets(),
        Environments.here(),
        created);
  }

  private void stages(RunFile file, PrintStream log, boolean terminal)
      throws IOException, InterruptedException {
    ImageStore store = new ImageStore(file.imageFolder());
    try (Journal<CaptionRecord> captions = Journal.open(file.captionsFile(), CaptionRecord.class);
        Journal<AnswerRecord> answers = Journal.open(file.answersFile(), AnswerRecord.class)) {
      String name = folder.getFileName().toString();
      try (Progress progress = new Progress(log, terminal, name, plan.questions())) {
        work(captions, new Asking(answerer, answers, progress), store);
      }
      Results results = new Results(plan, captions, answers);
      RunJson.replaceLines(file.itemsFile(), results);
      Summary summary = results.summary();
      RunJson.replace(file.summaryFile(), RunJson.pretty(summary));
      if (summary.overall().ungraded() > 0) {
        Submissions.write(file, results);
      }
    }
  }

  private void work(Journal<CaptionRecord> captions, Asking asking, ImageStore store)
      throws InterruptedException {
    // One picture may stand in several samples and datasets: it is captioned once. A sample's
    // questions start when the last of its captions lands.
    Map<String, Awaited> byCaption = new LinkedHashMap<>();
    for (PlannedSample sample : plan.samples()) {
      Waiting waiting = new Waiting(sample);
      for (PlannedCaption caption : Set.copyOf(sample.captions())) {
        byCaption
            .computeIfAbsent(
                caption.fingerprint(),
                _ -> new Awaited(sample.dataset(), caption, new ArrayList<>()))
            .samples
            .add(waiting);
      }
    }
    // First come, first served: questions of one caption stay together, which an embedded
    // answerer's cache needs.
    try (Stage captioning = new Stage(captioner.concurrency(), "caption-");
        Stage answering = new Stage(answerer.concurrency(), "answer-")) {
      captioning.stopsWith(answering);
      answering.stopsWith(captioning);
      for (Awaited awaited : byCaption.values()) {
        captioning.submit(() -> {
          CaptionRecord caption = caption(awaited, captions, store);
          synchronized (answering) {
            for (Waiting waiting : awaited.samples) {
              if (waiting.landed(caption)) {
                for (Question question : waiting.sample.sample().questions()) {
                  answering.submit(() -> ask(waiting, question, asking));
                }
              }
            }
          }
        });
      }
      captioning.await();
      answering.await();
    }
  }

  /// A caption and the samples that wait for it.
  private record Awaited(String dataset, PlannedCaption caption, List<Waiting> samples) {}

  /// A sample and the captions of it that have landed.
  private static final class Waiting {

    private final PlannedSample sample;
    private final Map<String, CaptionRecord> landed = new HashMap<>();
    private final int wanted;

    Waiting(PlannedSample sample) {
      this.sample = sample;
      this.wanted =
          (int) sample.captions().stream().map(PlannedCaption::fingerprint).distinct().count();
    }

    /// @return whether it was the last
    boolean landed(CaptionRecord caption) {
      landed.put(caption.fingerprint(), caption);
      return landed.size() == wanted;
    }

    /// The captions in the order of the images; one without a text failed.
    List<CaptionRecord> captions() {
      return sample.captions().stream()
          .map(caption -> java.util.Objects.requireNonNull(landed.get(caption.fingerprint())))
          .toList();
    }
  }

  private CaptionRecord caption(Awaited awaited, Journal<CaptionRecord> captions, ImageStore store)
      throws InterruptedException, IOException {
    PlannedCaption planned = awaited.caption;
    ImageFile image = planned.shown();
    var landed = captions.landed(planned.fingerprint());
    if (landed.isPresent() && store.has(image.identity())) {
      return landed.get();
    }
    byte[] bytes = image.bytes();
    store.keep(image.identity(), bytes);
    if (landed.isPresent()) {
      return landed.get();
    }
    Picture picture = new Picture(image.name(), bytes, planned.description());
    Attempt<Caption> attempt = Attempt.of(() -> captioner.caption(picture));
    Caption caption = attempt.value();
    CaptionRecord record =
        new CaptionRecord(
            planned.fingerprint(),
            awaited.dataset,
            image.name(),
            image.identity(),
            0,
            caption == null ? null : caption.text(),
            caption == null ? null : caption.finishReason(),
            caption == null ? null : caption.outputTokens(),
            attempt.failure(),
            attempt.startedMillis(),
            attempt.seconds());
    captions.append(record);
    return record;
  }

  private void ask(Waiting waiting, Question question, Asking asking) throws InterruptedException {
    List<String> texts = new ArrayList<>();
    for (CaptionRecord caption : waiting.captions()) {
      if (caption.text() == null) {
        asking.pass();
        return;
      }
      texts.add(caption.text());
    }
    AnswerPrompt prompt = plan.prompt(texts, question);
    asking.ask(
        plan.answerFingerprint(waiting.sample, question, prompt),
        prompt,
        waiting.sample.dataset(),
        question.id(),
        waiting.captions().getFirst().fingerprint());
  }
}
