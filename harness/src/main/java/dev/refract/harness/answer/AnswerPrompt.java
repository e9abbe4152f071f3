package dev.refract.harness.answer;

import dev.refract.harness.dataset.Question;
import dev.refract.manifest.Protocol;
import dev.refract.reports.caption.ControlTokens;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the answerer is shown of one question. It is made of text alone: this type cannot hold an
/// image.
///
/// @param system the instruction, the same for every question; or null for none
/// @param caption the part of the user's turn that all questions on one caption share
/// @param question the part that is this question's own
/// @param raw whether caption and question are a chat template written out
public record AnswerPrompt(@Nullable String system, String caption, String question, boolean raw) {

  /// The attribute that holds a question's own prompt, as CapRL's files write it out.
  public static final String RAW_PROMPT = "raw_prompt";

  private static final String CAPTION = "{caption}";
  private static final String QUESTION = "{question}";
  private static final String OPTIONS = "{options}";

  /// @param captions of the question's images, in the order in which it numbers them
  public static AnswerPrompt of(
      Protocol.Answering how, List<String> captions, Question question, OptionOrder shown) {
    int split = how.template().indexOf(QUESTION);
    return new AnswerPrompt(
        how.system(),
        how.template().substring(0, split).replace(CAPTION, neutral(captions)),
        filled(how.template().substring(split), question, shown, how.options()),
        false);
  }

  /// The same as a chat template written out. A prompt of the question's own is taken as it is,
  /// with the caption where it has the image.
  ///
  /// @throws IllegalArgumentException when that prompt has no image in the place where one belongs
  public static AnswerPrompt raw(
      Protocol.Answering how,
      Protocol.Raw raw,
      List<String> captions,
      Question question,
      OptionOrder shown) {
    AnswerPrompt chat = of(how, captions, question, shown);
    String own = question.attributes().get(RAW_PROMPT);
    if (own == null) {
      return new AnswerPrompt(null, raw.before() + chat.caption, chat.question + raw.after(), true);
    }
    int at = own.indexOf(raw.before() + raw.picture());
    if (at < 0) {
      throw new IllegalArgumentException(
          "its prompt has no image where one belongs, right after '%s'"
              .formatted(raw.before().strip()));
    }
    int picture = at + raw.before().length();
    return new AnswerPrompt(
        null,
        own.substring(0, picture) + chat.caption,
        own.substring(picture + raw.picture().length()),
        true);
  }

  /// What a vision model is asked that sees the image itself.
  public static AnswerPrompt direct(Protocol.Answering how, Question question, OptionOrder shown) {
    return new AnswerPrompt(null, "", filled(how.direct(), question, shown, how.options()), false);
  }

  /// What the answerer is asked that has to say what a question asks to look at.
  public static AnswerPrompt query(Protocol.Query how, Question question) {
    return new AnswerPrompt(
        null, "", how.template().replace(QUESTION, ControlTokens.neutral(question.text())), false);
  }

  /// The whole user's turn.
  public String user() {
    return caption + question;
  }

  /// Everything that the answerer sees, for people.
  public String text() {
    return system == null ? user() : system + "\n\n" + user();
  }

  private static String neutral(List<String> captions) {
    if (captions.size() == 1) {
      return ControlTokens.neutral(captions.getFirst());
    }
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < captions.size(); i++) {
      text.append(i == 0 ? "" : "\n\n").append("Image ").append(i + 1).append(":\n");
      text.append(ControlTokens.neutral(captions.get(i)));
    }
    return text.toString();
  }

  /// Options are filled in first: a question's text may hold what looks like their place.
  private static String filled(
      String template, Question question, OptionOrder shown, Protocol.Options how) {
    int split = template.indexOf(QUESTION);
    int options = template.indexOf(OPTIONS);
    return template.substring(0, split)
        + ControlTokens.neutral(question.text())
        + template.substring(split + QUESTION.length(), options)
        + lettered(shown, how)
        + template.substring(options + OPTIONS.length());
  }

  private static String lettered(OptionOrder shown, Protocol.Options how) {
    if (shown.options().isEmpty()) {
      return "";
    }
    StringBuilder lines = new StringBuilder(how.before());
    for (int i = 0; i < shown.options().size(); i++) {
      lines.append(i == 0 ? "" : "\n").append((char) ('A' + i)).append(". ");
      lines.append(ControlTokens.neutral(shown.options().get(i)));
    }
    return lines.append(how.after()).toString();
  }
}
