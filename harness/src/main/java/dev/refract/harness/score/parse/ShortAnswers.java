package dev.refract.harness.score.parse;

import dev.refract.reports.caption.Thoughts;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// The layers of a reply that is a word, a number or a phrase: the reply as it is, then without one
/// wrapping after the other, to the answer alone.
final class ShortAnswers {

  /// Maximum length of a short answer; bounds the time of pattern matching on hostile replies.
  private static final int MAX_ANSWER_CHARS = 2_000;

  private static final Pattern EMPHASIS =
      Pattern.compile("(\\*\\*|__|\\*|`)(?=\\S)(.+?)(?<=\\S)\\1");
  private static final Pattern MATHS =
      Pattern.compile(
          "^(?:\\$\\$?(?!\\$)([^$]*[^$\\d\\s][^$]*|[^$]+)\\$\\$?|\\\\\\((.*)\\\\\\)|\\\\\\[(.*)\\\\\\])$",
          Pattern.DOTALL);
  private static final String OPENING = "\"'“‘«‹„「『《";
  private static final Pattern QUOTED =
      Pattern.compile("^[\"'“‘«‹„「『《](.*)[\"'”’“»›」』》]$", Pattern.DOTALL);
  private static final Pattern FINAL_STOP = Pattern.compile("(?<=[^.。．])[.。．]$");
  private static final Pattern POLITE = Pattern.compile("(?<=\\S)\\s*(?:です|である|だ|입니다|이다|이에요|예요)$");

  /// Marks without width that some servers and models write.
  private static final Pattern INVISIBLE = Pattern.compile("[\\u200b-\\u200f\\u2060\\ufeff]");

  /// A sentence that ends with an abbreviation, and its own full stop after that.
  private static final Pattern DOUBLE_STOP = Pattern.compile("(?<=[^.])\\.\\.$");

  /// A quotation, a heading or an entry of a list.
  private static final Pattern QUOTATION = Pattern.compile("^(?:>|#{1,6}|[-•])\\s+");

  private static final Pattern ESCAPED = Pattern.compile("\\\\([%$&_#])");

  /// An answer, and a paragraph that begins by naming itself an explanation.
  private static final Pattern EXPLAINED =
      Pattern.compile(
          "^([^\\n]{1,300})\\n\\s*(?:explanation|reasoning|reason|rationale|note|because|解释|说明)\\b.*$",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL | Pattern.UNICODE_CASE);

  private static final int MIN_SENTENCE_CHARS = "it is".length();

  /// The start of a sentence that only says where the answer comes from.
  private static final Pattern SENTENCE =
      Pattern.compile(
          "^(?:(?:based\\s+on|according\\s+to|from|in)\\s+the\\s+(?:image|caption|description|chart|document|text|table),?\\s+)?"
              + "(?:i\\s+(?:think|believe)\\s+(?:that\\s+)?)?"
              + "(?:it(?:\\s+is|['’]s)|the\\s+(?:image|text|caption|label|title|sign|chart|document)\\s+(?:reads|says|shows|states|is))\\s*:?\\s+(?=\\S)",
          Pattern.CASE_INSENSITIVE);

  /// A calculation in figures, and its result with or without a unit.
  private static final Pattern CALCULATION =
      Pattern.compile(
          "^[-\\d\\s.,+−–*×·/÷()%$€£¥]*\\d[\\s)%]*[-+−–*×·/÷][-\\d\\s.,+−–*×·/÷()%$€£¥=]*$");

  private static final Pattern RESULT =
      Pattern.compile("^[-−]?[$€£¥]?\\s?[-−]?\\d[\\d.,]*(?:\\s?[^\\s\\d=]{1,20})?$");

  private static final List<UnaryOperator<String>> PEELINGS =
      List.of(
          Wrappers::withoutFence,
          text -> QUOTATION.matcher(text).replaceFirst(""),
          ShortAnswers::withoutEmphasis,
          text -> EXPLAINED.matcher(text).replaceFirst("$1"),
          text ->
              text.length() < MIN_SENTENCE_CHARS ? text : SENTENCE.matcher(text).replaceFirst(""),
          text -> AnswerLeads.AT_START.matcher(text).replaceFirst(""),
          ShortAnswers::lastStatement,
          ShortAnswers::unboxed,
          Wrappers::withoutFonts,
          text -> text.indexOf('\\') < 0 ? text : ESCAPED.matcher(text).replaceAll("$1"),
          text ->
              text.isEmpty() || "$\\".indexOf(text.charAt(0)) < 0
                  ? text
                  : MATHS.matcher(text).replaceFirst("$1$2$3"),
          text ->
              text.isEmpty() || OPENING.indexOf(text.charAt(0)) < 0
                  ? text
                  : QUOTED.matcher(text).replaceFirst("$1"),
          text -> DOUBLE_STOP.matcher(text).replaceFirst("."),
          text -> FINAL_STOP.matcher(text).replaceFirst(""),
          text -> POLITE.matcher(text).replaceFirst(""),
          ShortAnswers::result);

  private ShortAnswers() {}

  /// The layers from the whole reply to the answer alone; empty when the reply says nothing or was
  /// cut inside its thoughts. Of a reply that is too long for a short answer, the reply alone.
  static List<String> layers(String reply) {
    Thoughts thoughts = Thoughts.of(reply);
    List<String> layers = new ArrayList<>();
    if (thoughts.said().isBlank()) {
      return layers;
    }
    layers.add(thoughts.said());
    String text = Wrappers.cleaned(thoughts.said()).strip();
    add(layers, text);
    text = INVISIBLE.matcher(text).replaceAll("");
    add(layers, text);
    if (text.length() > MAX_ANSWER_CHARS) {
      return layers;
    }
    List<String> sealed = Wrappers.sealed(text).stream().map(String::strip).distinct().toList();
    if (sealed.size() == 1) {
      text = sealed.getFirst();
      add(layers, text);
    }
    String before;
    do {
      before = text;
      for (UnaryOperator<String> peeling : PEELINGS) {
        text = peeling.apply(text).strip();
        add(layers, text);
      }
    } while (!text.equals(before));
    return layers;
  }

  /// The result of a calculation: 275 of `647 - 372 = 275`.
  private static String result(String text) {
    int equals = text.lastIndexOf('=');
    if (equals < 0) {
      return text;
    }
    String result = text.substring(equals + 1).strip();
    return RESULT.matcher(result).matches()
            && CALCULATION.matcher(text.substring(0, equals)).matches()
        ? result
        : text;
  }

  /// The answer alone; empty when there is none.
  static String bare(String reply) {
    List<String> layers = layers(reply);
    return layers.isEmpty() || layers.getLast().length() > MAX_ANSWER_CHARS ? "" : layers.getLast();
  }

  /// The text in compatibility form with ASCII digits: full-width forms and digits of other scripts
  /// become the usual ones.
  static String plain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 127) {
        StringBuilder plain = new StringBuilder();
        Normalizer.normalize(text, Normalizer.Form.NFKC)
            .codePoints()
            .forEach(c -> {
              if (c > 127 && Character.isDigit(c)) {
                plain.append(Character.digit(c, 10));
              } else {
                plain.appendCodePoint(c);
              }
            });
        return plain.toString();
      }
    }
    return text;
  }

  private static void add(List<String> layers, String text) {
    if (!text.equals(layers.getLast())) {
      layers.add(text);
    }
  }

  private static String withoutEmphasis(String text) {
    return text.indexOf('*') >= 0 || text.indexOf('_') >= 0 || text.indexOf('`') >= 0
        ? EMPHASIS.matcher(text).replaceAll("$2")
        : text;
  }

  /// What follows "The answer is" in the last sentence of a longer reply.
  private static String lastStatement(String text) {
    if (text.indexOf('\n') < 0 && text.indexOf(". ") < 0 && text.indexOf('。') < 0) {
      return text;
    }
    var statement = AnswerLeads.LAST_LINE.matcher(text);
    String last = text;
    while (statement.find()) {
      last = statement.group(1);
    }
    return last;
  }

  private static String unboxed(String text) {
    if (text.indexOf("box") < 0) {
      return text;
    }
    List<String> boxes = Wrappers.boxes(text).stream().distinct().toList();
    return boxes.size() == 1 ? boxes.getFirst() : text;
  }
}
