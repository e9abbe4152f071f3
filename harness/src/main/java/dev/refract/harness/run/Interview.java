package dev.refract.harness.run;

import dev.refract.harness.answer.AnswerPrompt;
import dev.refract.harness.llm.ChatReply;
import dev.refract.harness.llm.RequestException;
import dev.refract.harness.run.Answering.Asked;
import dev.refract.harness.run.Answering.Time;
import dev.refract.reports.result.AnswerRecord;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.Failure;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.Keyed;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.result.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Asks what the journal does not hold yet, and makes results of what it holds.
///
/// @param captions by fingerprint, landed or failed
/// @param judging who judges free answers, or null
record Interview(
    Answering answering,
    Replier replier,
    Function<String, Optional<CaptionRecord>> captions,
    Journal<AnswerRecord> answers,
    Scoring scoring,
    @Nullable Judging judging) {

  /// Who replies: an answerer, or a vision model that sees the entry's images.
  @FunctionalInterface
  interface Replier {
    ChatReply reply(Entry entry, AnswerPrompt prompt, int draw)
        throws RequestException, InterruptedException;
  }

  Interview judgedBy(Judging judges) {
    return new Interview(answering, replier, captions, answers, scoring, judges);
  }

  /// Hands over what is to be asked of an entry on one of its captions, all of which have landed or
  /// failed.
  void ask(Entry entry, int sample, Stage stage, Asking asking) throws InterruptedException {
    Optional<List<String>> texts = texts(entry, sample);
    for (Time time : answering.times(entry.question(), sample)) {
      if (texts.isEmpty()) {
        asking.progress().answered(false, true);
      } else {
        stage.submit(() -> ask(entry, time, texts.get(), asking));
      }
    }
  }

  private void ask(Entry entry, Time time, List<String> texts, Asking asking)
      throws InterruptedException {
    Asked asked = answering.asked(entry, time, texts);
    asking.ask(
        asked.fingerprint(),
        entry.dataset(),
        entry.question().id(),
        entry.captions().get(time.sample()).getFirst(),
        () -> replier.reply(entry, asked.prompt(), asked.draw()));
  }

  /// Whether every time that a question is asked has landed.
  boolean isAnswered(Entry entry) {
    for (int sample = 0; entry.lost() == null && sample < entry.captions().size(); sample++) {
      Optional<List<String>> texts = texts(entry, sample);
      for (Time time : answering.times(entry.question(), sample)) {
        if (texts.isEmpty()
            || !answers.has(answering.asked(entry, time, texts.get()).fingerprint())) {
          return false;
        }
      }
    }
    return entry.lost() == null;
  }

  /// What became of a question.
  ItemResult result(Entry entry) {
    List<Trial> trials = new ArrayList<>();
    Outcome.Failed lost = entry.lost();
    if (lost != null) {
      trials.add(new Trial(0, 0, 0, 0, List.of(), List.of(), null, null, lost, null));
    } else {
      for (int sample = 0; sample < entry.captions().size(); sample++) {
        Optional<List<String>> texts = texts(entry, sample);
        for (Time time : answering.times(entry.question(), sample)) {
          trials.add(
              texts.map(t -> trial(entry, time, t)).orElseGet(() -> uncaptioned(entry, time)));
        }
      }
    }
    return entry.result(trials, scoring.metricOf(entry.question()));
  }

  private Trial trial(Entry entry, Time time, List<String> texts) {
    Asked asked = answering.asked(entry, time, texts);
    AnswerRecord answer = answers.last(asked.fingerprint()).orElseThrow();
    List<Integer> order = asked.shown().order();
    String reply = answer.reply();
    Outcome outcome =
        reply == null
            ? failed("answer", answer)
            : scoring.score(entry.question(), entry.category(), order, reply);
    return new Trial(
        time.sample(),
        time.rotation(),
        time.repeat(),
        time.budget(),
        order,
        entry.captions().get(time.sample()),
        asked.prompt().text(),
        reply,
        outcome,
        judging == null ? null : judging.judged(entry.question(), time, reply, outcome));
  }

  private Trial uncaptioned(Entry entry, Time time) {
    List<String> fingerprints = entry.captions().get(time.sample());
    Outcome.Failed why =
        fingerprints.stream()
            .map(captions)
            .flatMap(Optional::stream)
            .filter(caption -> caption.text() == null)
            .findFirst()
            .map(caption -> failed("caption", caption))
            .orElse(new Outcome.Failed("caption", "missing", "the run has no such caption"));
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

  /// The texts of a caption sample, if every image has one.
  private Optional<List<String>> texts(Entry entry, int sample) {
    List<String> texts = new ArrayList<>();
    for (String fingerprint : entry.captions().get(sample)) {
      captions
          .apply(fingerprint)
          .map(CaptionRecord::text)
          .filter(Objects::nonNull)
          .ifPresent(texts::add);
    }
    return texts.size() == entry.captions().get(sample).size()
        ? Optional.of(texts)
        : Optional.empty();
  }

  static Outcome.Failed failed(String stage, Keyed record) {
    Failure failure = record.failure();
    return failure == null
        ? new Outcome.Failed(stage, "unknown", "no reason was recorded")
        : new Outcome.Failed(stage, failure.kind(), failure.message());
  }
}
