package dev.refract.harness.run;

import dev.refract.harness.answer.JudgePrompt;
import dev.refract.harness.answer.TextAnswerer;
import dev.refract.harness.dataset.DatasetException;
import dev.refract.harness.dispatch.BoundedExecutor;
import dev.refract.harness.dispatch.JournaledRequests;
import dev.refract.harness.dispatch.Progress;
import dev.refract.harness.dispatch.RunContext;
import dev.refract.harness.dispatch.StageWatch;
import dev.refract.harness.journal.Fingerprint;
import dev.refract.harness.journal.RunException;
import dev.refract.harness.plan.PlannedQuestion;
import dev.refract.harness.plan.PromptBuilder;
import dev.refract.harness.plan.QuestionCheck;
import dev.refract.harness.plan.RunSettings;
import dev.refract.harness.plan.Scoring;
import dev.refract.reports.file.JsonLines;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.ModelIdentity;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.result.Trial;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/// Answers the questions of an existing run with another answerer, from that run's saved captions.
/// The result is a separate run; images are not read again. An interrupted run resumes with what is
/// missing.
public final class AnswerRun {

  private final RunRecord source;
  private final Map<String, CaptionRecord> captions;
  private final List<PlannedQuestion> questions;
  private final String selection;
  private final String answererId;
  private final TextAnswerer answerer;
  private final PromptBuilder prompts;
  private final RunSettings settings;

  /// @param sample number of questions drawn at random; below 1 for all
  /// @throws RunException when the run has no captions, or its captions do not fit the protocol
  /// @throws DatasetException when a question cannot be asked or scored with these settings
  public AnswerRun(
      RunFile from,
      String answererId,
      TextAnswerer answerer,
      RunSettings settings,
      int sample,
      long seed) {
    this.source = from.record();
    this.captions = from.captions();
    this.answererId = answererId;
    this.answerer = answerer;
    this.settings = settings;
    this.prompts = PromptBuilder.of(settings.protocol(), answerer, settings.counts());
    if (captions.isEmpty() || source.captioner() instanceof ModelIdentity.Direct) {
      throw new RunException(from.folder() + " has no caption to answer from");
    } else if (settings.protocol().caption().samples() > source.protocol().captions()
        && !source.isControl()) {
      throw new RunException(
          "%s has %d captions per image, but the protocol '%s' needs %d"
              .formatted(
                  from.folder(),
                  source.protocol().captions(),
                  settings.protocol().id(),
                  settings.protocol().caption().samples()));
    }
    List<ItemResult> all = from.items();
    boolean toldWhat = all.stream().anyMatch(item -> item.query() != null);
    if (toldWhat != (settings.protocol().caption().query() != null)) {
      throw new RunException(
          ("the captions of %s were made %s telling the captioner what to look at,"
                  + " but the protocol '%s' requires the opposite")
              .formatted(from.folder(), toldWhat ? "by" : "without", settings.protocol().id()));
    }
    boolean drawn = sample >= 1 && sample < all.size();
    List<ItemResult> items = drawn ? drawn(all, sample, seed) : all;
    this.questions = items.stream().map(AnswerRun::planned).toList();
    questions.forEach(new QuestionCheck(settings.protocol(), prompts)::check);
    this.selection = drawn ? "%d of %d questions, seed %d".formatted(sample, all.size(), seed) : "";
  }

  private static List<ItemResult> drawn(List<ItemResult> all, int sample, long seed) {
    List<Integer> numbers = new ArrayList<>(IntStream.range(0, all.size()).boxed().toList());
    Collections.shuffle(numbers, new Random(seed));
    return new TreeSet<>(numbers.subList(0, sample)).stream().map(all::get).toList();
  }

  private static PlannedQuestion planned(ItemResult item) {
    Map<Integer, List<String>> bySample = new TreeMap<>();
    item.trials().forEach(trial -> bySample.put(trial.sample(), trial.captions()));
    Optional<Outcome.Failed> lost =
        item.trials().stream()
            .filter(trial -> trial.captions().isEmpty())
            .map(Trial::outcome)
            .filter(Outcome.Failed.class::isInstance)
            .map(Outcome.Failed.class::cast)
            .findFirst();
    return new PlannedQuestion(
        item.dataset(),
        item.category(),
        Scoring.question(item),
        item.images(),
        item.query(),
        List.copyOf(bySample.values()),
        List.of(),
        lost.orElse(null));
  }

  /// @throws StoppedRunException when the run was stopped before the end
  public RunFile execute(Path folder, RunContext context) throws IOException, InterruptedException {
    try (RunSession session = RunSession.open(folder, record(folder), context, settings.judge())) {
      List<CaptionRecord> used = used();
      if (session.isComplete() && used.equals(saved(session.file()))) {
        session.identify(answerer.server());
        try (Progress progress = context.progress(session.name(), planned())) {
          progress.found(planned());
        }
        return session.file();
      }
      session.begin();
      JsonLines.replace(session.file().captionsFile(), used);
      RunSession.Journals journals = session.journals(false);
      AnswerStage answers =
          new AnswerStage(
              prompts,
              answerer,
              journals.captions()::last,
              journals.answers(),
              Scoring.of(settings.protocol()),
              null);
      session.identify(answerer.server());
      ask(answers, journals, context, session.name());
      return session.finish(answers, questions, planned());
    }
  }

  private static List<CaptionRecord> saved(RunFile run) {
    return List.copyOf(run.captions().values());
  }

  private int planned() {
    return questions.stream()
        .mapToInt(q -> q.captions().size() * prompts.times(q.question(), 0).size())
        .sum();
  }

  private void ask(
      AnswerStage answers, RunSession.Journals journals, RunContext context, String name)
      throws InterruptedException {
    try (Progress progress = context.progress(name, planned());
        BoundedExecutor executor =
            new BoundedExecutor(answerer.concurrency(), "answer-", context.cancellation())) {
      JournaledRequests requests =
          new JournaledRequests(
              journals.answers(),
              progress,
              StageWatch.of(context, "answerer", answerer.server(), answerer.identity()));
      for (PlannedQuestion question : questions) {
        for (int s = 0; question.lost() == null && s < question.captions().size(); s++) {
          answers.ask(question, s, executor, requests);
        }
      }
      executor.await();
    }
  }

  /// The captions in use, marked as reused: their request times belong to the source run.
  private List<CaptionRecord> used() {
    Set<String> used = new LinkedHashSet<>();
    questions.forEach(question -> question.captions().forEach(used::addAll));
    return captions.values().stream()
        .filter(caption -> used.contains(caption.fingerprint()))
        .map(CaptionRecord::reused)
        .toList();
  }

  private RunRecord record(Path folder) {
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("source", source.fingerprint());
    parts.put("answerer", Fingerprint.modelParts(answerer.identity()));
    parts.put("protocol", settings.protocol());
    parts.put("asking", settings.counts());
    parts.put("raw", prompts.form() == PromptBuilder.Form.RAW);
    if (settings.judge() != null) {
      parts.put("judge", Fingerprint.judgeParts(JudgePrompt.identity(settings.judge())));
    }
    parts.put("questions", questions.stream().map(q -> q.question().id()).toList());
    return RunRecord.begin(
        new Run.Names(folder, source.captionerId(), answererId).recorded(),
        Fingerprint.of("reanswered", parts),
        new RunRecord.Models(source.captioner(), answerer.identity(), settings.judgeIdentity()),
        captioned(settings.record(prompts.form())),
        settings.counts(),
        source.datasets().stream().map(this::narrowed).toList(),
        Environments.here(),
        settings.command());
  }

  /// The answer settings of the wanted protocol with the caption settings of the source run.
  private RunRecord.Protocol captioned(RunRecord.Protocol wanted) {
    return new RunRecord.Protocol(
        wanted.id(),
        wanted.version(),
        wanted.digest(),
        source.protocol().captionPrompt(),
        source.protocol().captions(),
        wanted.answerForm(),
        wanted.answerSystem(),
        wanted.answerTemplate(),
        wanted.parser(),
        wanted.metric(),
        wanted.mode());
  }

  private RunRecord.Dataset narrowed(RunRecord.Dataset whole) {
    List<PlannedQuestion> own =
        questions.stream().filter(e -> e.dataset().equals(whole.id())).toList();
    String words =
        whole.selection().isEmpty() || selection.isEmpty()
            ? whole.selection() + selection
            : whole.selection() + ", " + selection;
    return new RunRecord.Dataset(
        whole.id(),
        whole.title(),
        whole.layout(),
        whole.revision(),
        whole.terms(),
        whole.scorer(),
        whole.checksum(),
        (int) own.stream().map(PlannedQuestion::images).distinct().count(),
        whole.ofImages(),
        words,
        own.size(),
        whole.skipped());
  }
}
