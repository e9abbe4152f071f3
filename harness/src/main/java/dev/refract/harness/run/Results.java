package dev.refract.harness.run;

import dev.refract.harness.answer.AnswerPrompt;
import dev.refract.harness.dataset.Question;
import dev.refract.harness.run.RunPlan.PlannedImage;
import dev.refract.reports.result.AnswerRecord;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.Failure;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.Keyed;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.result.RunJson;
import dev.refract.reports.result.Summarizer;
import dev.refract.reports.result.Summarizer.Span;
import dev.refract.reports.result.Summary;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the journals say, question by question in the order of the plan: derived, never edited.
record Results(List<ItemResult> items, List<Span> captionSpans, List<Span> answerSpans) {

  static Results of(RunPlan plan, Journal<CaptionRecord> captions, Journal<AnswerRecord> answers) {
    List<ItemResult> items = new ArrayList<>();
    for (PlannedImage image : plan.images()) {
      CaptionRecord caption = captions.last(image.captionFingerprint()).orElseThrow();
      for (Question question : image.sample().questions()) {
        items.add(item(plan, image, caption, question, answers));
      }
    }
    return new Results(
        items,
        captions.all().stream()
            .filter(c -> c.failure() == null)
            .map(c -> span(c.startedMillis(), c.seconds()))
            .toList(),
        answers.all().stream()
            .filter(a -> a.failure() == null)
            .map(a -> span(a.startedMillis(), a.seconds()))
            .toList());
  }

  String lines() {
    StringBuilder text = new StringBuilder();
    items.forEach(item -> text.append(RunJson.line(item)).append('\n'));
    return text.toString();
  }

  Summary summary() {
    return Summarizer.summarize(items, captionSpans, answerSpans);
  }

  private static ItemResult item(
      RunPlan plan,
      PlannedImage image,
      CaptionRecord caption,
      Question question,
      Journal<AnswerRecord> answers) {
    @Nullable String prompt = null;
    @Nullable String reply = null;
    Outcome outcome;
    if (caption.text() == null) {
      outcome = failed("caption", caption);
    } else {
      AnswerPrompt shown = plan.prompt(caption.text(), question);
      prompt = shown.system() + "\n\n" + shown.user();
      AnswerRecord answer =
          answers.last(plan.answerFingerprint(image, question, shown)).orElseThrow();
      reply = answer.reply();
      outcome = reply == null ? failed("answer", answer) : Scoring.score(question, reply);
    }
    return new ItemResult(
        image.dataset(),
        question.id(),
        image.sample().image(),
        image.sha256(),
        image.sample().category(),
        question.kind(),
        question.text(),
        question.choices(),
        question.golds(),
        question.metric(),
        image.captionFingerprint(),
        prompt,
        reply,
        outcome);
  }

  private static Outcome failed(String stage, Keyed record) {
    Failure failure = record.failure();
    return failure == null
        ? new Outcome.Failed(stage, "unknown", "no reason was recorded")
        : new Outcome.Failed(stage, failure.kind(), failure.message());
  }

  private static Span span(long startedMillis, double seconds) {
    return new Span(startedMillis, startedMillis + Math.round(seconds * 1000));
  }
}
