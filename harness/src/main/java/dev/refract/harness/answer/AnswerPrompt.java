package dev.refract.harness.answer;

import dev.refract.harness.dataset.Question;
import dev.refract.manifest.Protocol;
import dev.refract.reports.caption.ControlTokens;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The answerer's prompt for one question. It consists of text only: this type cannot contain an
/// image.
///
/// @param system the instruction, the same for every question; or null for none
/// @param lead the user turn before the caption, the same for every caption
/// @param caption the further part of the user turn that all questions about one caption share
/// @param question the part of the user turn that is specific to this question
/// @param raw whether caption and question already contain the chat template
public record AnswerPrompt(
    @Nullable String system, String lead, String caption, String question, boolean raw) {

  /// The attribute with a question's own complete prompt, as in CapRL's files.
  public static final String RAW_PROMPT = "raw_prompt";

  private static final String CAPTION = "{caption}";
  private static final String QUESTION = "{question}";
  private static final String OPTIONS = "{options}";

  /// @param captions captions of the question's images, in the order of the images
  public static AnswerPrompt of(
      Protocol.Answering how, List<String> captions, Question question, OptionOrder shown) {
    int lead = how.template().indexOf(CAPTION);
    int split = how.template().indexOf(QUESTION);
    return new AnswerPrompt(
        how.system(),
        how.template().substring(0, lead),
        how.template().substring(lead, split).replace(CAPTION, neutral(captions)),
        filled(how.template().substring(split), question, shown, how.options()),
        false);
  }

  /// The same prompt with the chat template applied. If the question has its own prompt, that is
  /// used unchanged except that the caption replaces the image.
  ///
  /// @throws IllegalArgumentException when the question's own prompt has no image at the beginning
  ///   of a user turn
  public static AnswerPrompt raw(
      Protocol.Answering how,
      Protocol.Raw raw,
      List<String> captions,
      Question question,
      OptionOrder shown) {
    AnswerPrompt chat = of(how, captions, question, shown);
    String own = question.attributes().get(RAW_PROMPT);
    if (own == null) {
      return new AnswerPrompt(
          null, raw.before() + chat.lead, chat.caption, chat.question + raw.after(), true);
    }
    int at = own.indexOf(raw.before() + raw.picture());
    if (at < 0) {
      throw new IllegalArgumentException(
          "the question's own prompt has no image directly after '%s'"
              .formatted(raw.before().strip()));
    }
    int picture = at + raw.before().length();
    return new AnswerPrompt(
        null,
        own.substring(0, picture) + chat.lead,
        chat.caption,
        own.substring(picture + raw.picture().length()),
        true);
  }

  /// The prompt for a vision model that sees the image itself.
  public static AnswerPrompt direct(Protocol.Answering how, Question question, OptionOrder shown) {
    return new AnswerPrompt(
        null, "", "", filled(how.direct(), question, shown, how.options()), false);
  }

  /// The prompt that asks the answerer which parts of the image a question is about.
  public static AnswerPrompt query(Protocol.Query how, Question question) {
    return new AnswerPrompt(
        null,
        "",
        "",
        how.template().replace(QUESTION, ControlTokens.neutral(question.text())),
        false);
  }

  /// The part of the user turn that all questions about one caption share.
  public String shared() {
    return lead + caption;
  }

  /// The whole user turn.
  public String user() {
    return shared() + question;
  }

  /// Everything that the answerer sees, for display.
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

  /// Both placeholders are located before either is filled in, since a question's text may contain
  /// something that looks like a placeholder.
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
