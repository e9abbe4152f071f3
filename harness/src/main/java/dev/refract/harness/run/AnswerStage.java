package dev.refract.harness.run;

import dev.refract.harness.answer.Answerer;
import dev.refract.harness.answer.ImageAnswerer;
import dev.refract.harness.answer.TextAnswerer;
import dev.refract.harness.caption.InputImage;
import dev.refract.harness.dataset.ImageFile;
import dev.refract.harness.dispatch.BoundedExecutor;
import dev.refract.harness.dispatch.JournaledRequests;
import dev.refract.harness.journal.Journal;
import dev.refract.harness.llm.ChatReply;
import dev.refract.harness.llm.RequestException;
import dev.refract.harness.plan.PlannedQuestion;
import dev.refract.harness.plan.PromptBuilder;
import dev.refract.harness.plan.PromptBuilder.BuiltPrompt;
import dev.refract.harness.plan.PromptBuilder.TrialKey;
import dev.refract.harness.plan.Scoring;
import dev.refract.reports.result.AnswerRecord;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.FailedStage;
import dev.refract.reports.result.FailureKind;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.result.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/// Requests the answers that the journal does not contain yet, and builds results from the journal.
///
/// @param captions looks up a caption by fingerprint, successful or failed
/// @param judge adds verdicts on free answers to the results; or null
record AnswerStage(
    PromptBuilder prompts,
    Answerer answerer,
    Function<String, Optional<CaptionRecord>> captions,
    Journal<AnswerRecord> answers,
    Scoring scoring,
    @Nullable JudgeStage judge) {

  AnswerStage judgedBy(JudgeStage judge) {
    return new AnswerStage(prompts, answerer, captions, answers, scoring, judge);
  }

  /// The results of the given questions, built lazily: all prompts together may not fit in memory.
  Iterable<ItemResult> items(Iterable<PlannedQuestion> questions) {
    return () -> stream(questions).map(this::result).iterator();
  }

  /// The results of the questions whose answers are all in the journal.
  Iterable<ItemResult> answeredItems(Iterable<PlannedQuestion> questions) {
    return () -> stream(questions).filter(this::isAnswered).map(this::result).iterator();
  }

  private static Stream<PlannedQuestion> stream(Iterable<PlannedQuestion> questions) {
    return StreamSupport.stream(questions.spliterator(), false);
  }

  /// Submits all requests for a question on one caption sample. All captions of the sample must be
  /// in the journal, successful or failed.
  void ask(
      PlannedQuestion planned, int sample, BoundedExecutor executor, JournaledRequests requests)
      throws InterruptedException {
    Optional<List<String>> texts = texts(planned, sample);
    for (TrialKey time : prompts.times(planned.question(), sample)) {
      if (texts.isEmpty()) {
        requests.progress().answered(false, true);
      } else {
        executor.submit(() -> ask(planned, time, texts.get(), requests));
      }
    }
  }

  private void ask(
      PlannedQuestion planned, TrialKey time, List<String> texts, JournaledRequests requests)
      throws InterruptedException {
    BuiltPrompt asked = prompts.asked(planned, time, texts);
    requests.ask(
        asked.fingerprint(),
        planned.dataset(),
        planned.question().id(),
        planned.captions().get(time.sample()).getFirst(),
        () -> reply(planned, asked));
  }

  private ChatReply reply(PlannedQuestion planned, BuiltPrompt asked)
      throws RequestException, InterruptedException {
    return switch (answerer) {
      case TextAnswerer text -> text.answer(asked.prompt(), asked.draw());
      case ImageAnswerer seeing -> seeing.answer(images(planned), asked.prompt().user());
    };
  }

  private static List<InputImage> images(PlannedQuestion planned) throws RequestException {
    List<InputImage> images = new ArrayList<>();
    for (ImageFile file : planned.files()) {
      images.add(new InputImage(file.name(), file.identity(), CaptionStage.bytes(file), null, ""));
    }
    return images;
  }

  /// Whether the journal contains an answer to every trial of a question.
  private boolean isAnswered(PlannedQuestion planned) {
    for (int sample = 0; planned.lost() == null && sample < planned.captions().size(); sample++) {
      Optional<List<String>> texts = texts(planned, sample);
      for (TrialKey time : prompts.times(planned.question(), sample)) {
        if (texts.isEmpty()
            || !answers.has(prompts.asked(planned, time, texts.get()).fingerprint())) {
          return false;
        }
      }
    }
    return planned.lost() == null;
  }

  /// The result of a question.
  ItemResult result(PlannedQuestion planned) {
    List<Trial> trials = new ArrayList<>();
    Outcome.Failed lost = planned.lost();
    if (lost != null) {
      trials.add(new Trial(0, 0, 0, 0, List.of(), List.of(), null, null, lost, null));
    } else {
      for (int sample = 0; sample < planned.captions().size(); sample++) {
        Optional<List<String>> texts = texts(planned, sample);
        for (TrialKey time : prompts.times(planned.question(), sample)) {
          trials.add(
              texts.map(t -> trial(planned, time, t)).orElseGet(() -> uncaptioned(planned, time)));
        }
      }
    }
    return planned.result(trials, scoring.metricOf(planned.question()));
  }

  private Trial trial(PlannedQuestion planned, TrialKey time, List<String> texts) {
    BuiltPrompt asked = prompts.asked(planned, time, texts);
    AnswerRecord answer = answers.last(asked.fingerprint()).orElseThrow();
    List<Integer> order = asked.shown().order();
    String reply = answer.reply();
    Outcome outcome =
        reply == null
            ? answer.failedOutcome(FailedStage.ANSWER)
            : scoring.score(planned.question(), planned.category(), order, reply);
    return new Trial(
        time.sample(),
        time.rotation(),
        time.repeat(),
        time.budget(),
        order,
        planned.captions().get(time.sample()),
        asked.prompt().text(),
        reply,
        outcome,
        judge == null ? null : judge.verdict(planned.question(), time, reply, outcome));
  }

  private Trial uncaptioned(PlannedQuestion planned, TrialKey time) {
    List<String> fingerprints = planned.captions().get(time.sample());
    Outcome.Failed why =
        fingerprints.stream()
            .map(captions)
            .flatMap(Optional::stream)
            .filter(caption -> caption.text() == null)
            .findFirst()
            .map(caption -> caption.failedOutcome(FailedStage.CAPTION))
            .orElse(
                new Outcome.Failed(
                    FailedStage.CAPTION, FailureKind.MISSING, "the run has no such caption"));
    return new Trial(
        time.sample(),
        time.rotation(),
        time.repeat(),
        time.budget(),
        List.of(),
        fingerprints,
        null,
        null,
        why,
        null);
  }

  /// The texts of a caption sample; empty unless every image has one.
  private Optional<List<String>> texts(PlannedQuestion planned, int sample) {
    List<String> texts = new ArrayList<>();
    for (String fingerprint : planned.captions().get(sample)) {
      captions
          .apply(fingerprint)
          .map(CaptionRecord::text)
          .filter(Objects::nonNull)
          .ifPresent(texts::add);
    }
    return texts.size() == planned.captions().get(sample).size()
        ? Optional.of(texts)
        : Optional.empty();
  }
}
