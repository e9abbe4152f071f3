package dev.refract.harness.plan;

import dev.refract.harness.answer.AnswerPrompt;
import dev.refract.harness.answer.Answerer;
import dev.refract.harness.answer.ImageAnswerer;
import dev.refract.harness.answer.OptionOrder;
import dev.refract.harness.answer.TextAnswerer;
import dev.refract.harness.dataset.Question;
import dev.refract.harness.journal.Fingerprint;
import dev.refract.manifest.Protocol;
import dev.refract.reports.caption.CaptionText;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.ModelIdentity;
import dev.refract.reports.result.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Builds the prompt of every trial of a question: a pure function of the protocol and the trial
/// counts.
///
/// @param form of every prompt
/// @param answerer its identity
public record PromptBuilder(
    Protocol protocol, Form form, ModelIdentity answerer, RunRecord.TrialCounts counts) {

  /// The form in which a prompt is sent to the answerer.
  public enum Form {
    /// Chat messages.
    CHAT,
    /// One text with the chat template already applied.
    RAW,
    /// A question to a vision model that sees the image, without captions.
    IMAGE
  }

  /// The prompt builder for a protocol and an answerer.
  public static PromptBuilder of(
      Protocol protocol, Answerer answerer, RunRecord.TrialCounts counts) {
    Form form =
        switch (answerer) {
          case ImageAnswerer _ -> Form.IMAGE;
          case TextAnswerer text ->
              text.takesRaw() && protocol.answer().raw() != null ? Form.RAW : Form.CHAT;
        };
    return new PromptBuilder(protocol, form, answerer.identity(), counts);
  }

  /// Identifies one trial of a question; see {@link dev.refract.reports.result.Trial}.
  public record TrialKey(int sample, int rotation, int repeat, int budget) {}

  /// A prompt and the fingerprint of its reply.
  ///
  /// @param draw number of the draw, from 0: distinguishes trials with identical prompts
  public record BuiltPrompt(
      TrialKey time, OptionOrder shown, AnswerPrompt prompt, String fingerprint, int draw) {}

  /// The trials of a question on one caption sample.
  public List<TrialKey> times(Question question, int sample) {
    List<TrialKey> times = new ArrayList<>();
    int rotations = OptionOrder.rotations(question, counts.rotations());
    for (int rotation = 0; rotation < rotations; rotation++) {
      for (int repeat = 0; repeat < counts.repeats(); repeat++) {
        times.add(new TrialKey(sample, rotation, repeat, 0));
      }
    }
    if (form != Form.IMAGE) {
      counts.budgets().forEach(budget -> times.add(new TrialKey(sample, 0, 0, budget)));
    }
    return times;
  }

  /// @param captions of the question's images
  public BuiltPrompt asked(PlannedQuestion planned, TrialKey time, List<String> captions) {
    Question question = planned.question();
    Protocol.Answering how = protocol.answer();
    OptionOrder shown = OptionOrder.of(question, how.options(), time.rotation);
    List<String> texts =
        time.budget == 0
            ? captions
            : captions.stream().map(text -> CaptionText.cut(text, time.budget)).toList();
    AnswerPrompt prompt =
        switch (form) {
          case IMAGE -> AnswerPrompt.direct(how, question, shown);
          case RAW ->
              AnswerPrompt.raw(how, Objects.requireNonNull(how.raw()), texts, question, shown);
          case CHAT -> AnswerPrompt.of(how, texts, question, shown);
        };
    // Trials whose prompts may be identical get different draw numbers.
    int draw = time.sample * counts.repeats() + time.repeat;
    Map<String, Object> parts = new LinkedHashMap<>();
    parts.put("answerer", Fingerprint.modelParts(answerer));
    parts.put("sampling", how.sampling());
    parts.put("prompt", prompt);
    parts.put("draw", draw);
    // Two questions with the same text are still asked and stored separately.
    parts.put("dataset", planned.dataset());
    parts.put("question", question.id());
    if (form == Form.IMAGE) {
      parts.put("images", planned.images().stream().map(ItemResult.Image::sha256).toList());
    }
    return new BuiltPrompt(time, shown, prompt, Fingerprint.of("answer", parts), draw);
  }
}
