package dev.refract.harness.run;

import dev.refract.harness.answer.AnswerPrompt;
import dev.refract.harness.dataset.Question;
import dev.refract.harness.run.RunPlan.PlannedSample;
import dev.refract.reports.result.AnswerRecord;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.Failure;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.Keyed;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.result.Summarizer;
import dev.refract.reports.result.Summarizer.Span;
import dev.refract.reports.result.Summary;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What the journals say, question by question in the order of the plan: derived, never edited.
/// Each item is made when it is asked for, since together their prompts may be larger than memory.
final class Results implements Iterable<ItemResult> {

  private final RunPlan plan;
  private final Journal<CaptionRecord> captions;
  private final Journal<AnswerRecord> answers;

  Results(RunPlan plan, Journal<CaptionRecord> captions, Journal<AnswerRecord> answers) {
    this.plan = plan;
    this.captions = captions;
    this.answers = answers;
  }

  @Override
  public Iterator<ItemResult> iterator() {
    return plan.samples().stream().flatMap(this::items).iterator();
  }

  Summary summary() {
    Set<String> planned = new HashSet<>();
    plan.samples().forEach(sample -> sample.captions().forEach(c -> planned.add(c.fingerprint())));
    List<Span> captioning =
        captions.all().stream()
            .filter(c -> c.failure() == null && planned.contains(c.fingerprint()))
            .map(c -> span(c.startedMillis(), c.seconds()))
            .toList();
    List<Span> answering =
        answers.all().stream()
            .filter(a -> a.failure() == null && planned.contains(a.captionFingerprint()))
            .map(a -> span(a.startedMillis(), a.seconds()))
            .toList();
    return Summarizer.summarize(this, captioning, answering);
  }

  private Stream<ItemResult> items(PlannedSample sample) {
    List<CaptionRecord> found =
        sample.captions().stream()
            .map(caption -> captions.last(caption.fingerprint()).orElseThrow())
            .toList();
    return sample.sample().questions().stream().map(question -> item(sample, found, question));
  }

  private ItemResult item(PlannedSample sample, List<CaptionRecord> found, Question question) {
    @Nullable String prompt = null;
    @Nullable String reply = null;
    Outcome outcome;
    Optional<CaptionRecord> lost = found.stream().filter(c -> c.text() == null).findFirst();
    if (lost.isPresent()) {
      outcome = failed("caption", lost.get());
    } else {
      List<String> texts = found.stream().map(c -> Objects.requireNonNull(c.text())).toList();
      AnswerPrompt shown = plan.prompt(texts, question);
      prompt = shown.system() + "\n\n" + shown.user();
      AnswerRecord answer =
          answers.last(plan.answerFingerprint(sample, question, shown)).orElseThrow();
      reply = answer.reply();
      outcome = reply == null ? failed("answer", answer) : Scoring.score(question, reply);
    }
    List<ItemResult.Image> images =
        sample.captions().stream()
            .map(c -> new ItemResult.Image(c.image().name(), c.image().identity(), c.fingerprint()))
            .toList();
    return new ItemResult(
        sample.dataset(),
        question.id(),
        images,
        sample.sample().category(),
        question.group(),
        question.text(),
        question.choices(),
        question.golds(),
        question.metric(),
        question.attributes(),
        prompt,
        reply,
        outcome);
  }

  static Outcome failed(String stage, Keyed record) {
    Failure failure = record.failure();
    return failure == null
        ? new Outcome.Failed(stage, "unknown", "no reason was recorded")
        : new Outcome.Failed(stage, failure.kind(), failure.message());
  }

  private static Span span(long startedMillis, double seconds) {
    return new Span(startedMillis, startedMillis + Math.round(seconds * 1000));
  }
}
