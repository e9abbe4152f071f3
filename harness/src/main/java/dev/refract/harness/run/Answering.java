package dev.refract.harness.run;

import dev.refract.harness.answer.AnswerPrompt;
import dev.refract.harness.answer.Presentation;
import dev.refract.harness.dataset.Question;
import dev.refract.manifest.Protocol;
import dev.refract.reports.caption.CaptionText;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// In which words a question is put, each time that it is: a pure function of the protocol and of
/// what was asked for besides.
///
/// @param raw whether prompts are chat templates written out
/// @param direct whether a vision model answers from the image, so that captions are left out
/// @param answerer its identity
record Answering(
    Protocol protocol,
    boolean raw,
    boolean direct,
    Map<String, Object> answerer,
    RunRecord.Asking asking) {

  /// Which time of asking; see {@link dev.refract.reports.result.Trial}.
  record Time(int sample, int rotation, int repeat, int budget) {}

  /// A prompt and what its reply is known by.
  ///
  /// @param draw which time this very prompt may have been asked, from 0
  record Asked(Time time, Presentation shown, AnswerPrompt prompt, String fingerprint, int draw) {}

  /// The times that a question is asked on one of its captions.
  List<Time> times(Question question, int sample) {
    List<Time> times = new ArrayList<>();
    int rotations = Presentation.rotations(question, asking.rotations());
    for (int rotation = 0; rotation < rotations; rotation++) {
      for (int repeat = 0; repeat < asking.repeats(); repeat++) {
        times.add(new Time(sample, rotation, repeat, 0));
      }
    }
    if (!direct) {
      asking.budgets().forEach(budget -> times.add(new Time(sample, 0, 0, budget)));
    }
    return times;
  }

  /// @param captions of the question's images
  Asked asked(Entry entry, Time time, List<String> captions) {
    Question question = entry.question();
    Protocol.Answering how = protocol.answer();
    Presentation shown = Presentation.of(question, how.options(), time.rotation);
    List<String> texts =
        time.budget == 0
            ? captions
            : captions.stream().map(text -> CaptionText.cut(text, time.budget)).toList();
    AnswerPrompt prompt;
    if (direct) {
      prompt = AnswerPrompt.direct(how, question, shown);
    } else if (raw) {
      prompt =
          AnswerPrompt.raw(
              how, java.util.Objects.requireNonNull(how.raw()), texts, question, shown);
    } else {
      prompt = AnswerPrompt.of(how, texts, question, shown);
    }
    // Times whose prompt may be the same word for word are drawn apart.
    int draw = time.sample * asking.repeats() + time.repeat;
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("answerer", Fingerprint.model(answerer));
    parts.put("sampling", how.sampling());
    parts.put("prompt", prompt);
    parts.put("draw", draw);
    // Two questions with one text are still asked, and kept, apart.
    parts.put("dataset", entry.dataset());
    parts.put("question", question.id());
    if (direct) {
      parts.put("images", entry.images().stream().map(ItemResult.Image::sha256).toList());
    }
    return new Asked(time, shown, prompt, Fingerprint.of("answer", parts), draw);
  }
}
