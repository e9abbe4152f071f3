package dev.refract.harness.run;

import dev.refract.harness.answer.AnswerPrompt;
import dev.refract.harness.dataset.Question;
import dev.refract.harness.llm.Sampling;
import dev.refract.reports.result.RunRecord;
import java.util.List;

/// The rules of an evaluation: which prompts, which sampling. A changed character is a new version.
///
/// @param answerTemplate the user's turn, with `{caption}` before `{question}`
public record Protocol(
    String id,
    int version,
    String captionPrompt,
    Sampling captionSampling,
    String answerSystem,
    String answerTemplate,
    Sampling answerSampling) {

  /// refract's default. The instruction goes first, as the system's turn: small models obey it
  /// there as well, and an embedded one keeps it in its cache from question to question.
  public static final Protocol SHORT_ANSWER =
      new Protocol(
          "short-answer",
          1,
          "Please describe this image in detail.",
          new Sampling(0, 1, 1, 2048),
          "Answer with a single word, number or phrase. If the description does not contain the"
              + " answer, reply: unanswerable.",
          "Description of an image:\n{caption}\n\nQuestion: {question}",
          new Sampling(0, 1, 1, 64));

  /// What the answerer is shown of one question.
  ///
  /// @param captions of its images, in the order in which questions number them
  AnswerPrompt prompt(List<String> captions, Question question) {
    return AnswerPrompt.of(answerSystem, answerTemplate, joined(captions), question);
  }

  private static String joined(List<String> captions) {
    if (captions.size() == 1) {
      return captions.getFirst();
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < captions.size(); i++) {
      text.append(i == 0 ? "" : "\n\n").append("Image ").append(i + 1).append(":\n");
      text.append(captions.get(i));
    }
    return text.toString();
  }

  RunRecord.Protocol record() {
    return new RunRecord.Protocol(id, version, captionPrompt, answerSystem, answerTemplate);
  }
}
