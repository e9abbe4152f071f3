package dev.refract.harness.answer;

import dev.refract.harness.dataset.Question;
import java.util.List;
import java.util.regex.Pattern;

/// What the answerer is shown of one question. It is made of text alone: this type cannot hold an
/// image.
///
/// @param system the instruction, the same for every question
/// @param caption the part of the user's turn that all questions on one caption share
/// @param question the part that is this question's own
public record AnswerPrompt(String system, String caption, String question) {

  /// Control tokens of the common chat templates; in a caption or question they are text, not
  /// control.
  private static final Pattern CONTROL =
      Pattern.compile(
          "<(?=\\|[^|<>\\n]{1,64}\\|>|/?s>|(?:start|end)_of_turn>|/?think>|bos>|eos>)|\\[(?=/?INST\\])");

  public static AnswerPrompt of(String system, String template, String caption, Question question) {
    int split = template.indexOf("{question}");
    String before = template.substring(0, split);
    String after = template.substring(split);
    return new AnswerPrompt(
        system,
        before.replace("{caption}", neutral(caption)),
        after.replace("{question}", neutral(question.text()) + options(question.choices())));
  }

  /// The whole user's turn.
  public String user() {
    return caption + question;
  }

  static String neutral(String text) {
    return CONTROL.matcher(text).replaceAll(m -> m.group().equals("<") ? "‹" : "⟦");
  }

  private static String options(List<String> choices) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < choices.size(); i++) {
      lines.append('\n').append((char) ('A' + i)).append(". ").append(neutral(choices.get(i)));
    }
    return lines.toString();
  }
}
