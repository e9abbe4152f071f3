package dev.refract.harness.score;

import dev.refract.reports.caption.Thoughts;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Extracts the answer from a free-form reply, or nothing; it never guesses.
public final class AnswerParser {

  /// Maximum length of a short answer; bounds the time of pattern matching on hostile replies.
  private static final int MAX_ANSWER_CHARS = 2_000;

  private static final int MAX_REASONING_CHARS = 20_000;
  private static final Pattern LEAD =
      Pattern.compile(
          "(?i)^(?:so,?\\s+|therefore,?\\s+)?(?:the\\s+)?(?:final\\s+|correct\\s+)?answer(?:\\s+to\\s+the\\s+question)?\\s*(?:is|:|=)\\s*:?\\s*");
  private static final Pattern EMPHASIS =
      Pattern.compile("(\\*\\*|__|\\*|`)(?=\\S)(.+?)(?<=\\S)\\1");
  private static final int MIN_LEAD_CHARS = "answer:".length();
  private static final String QUOTES = "\"'“‘«";
  private static final Pattern QUOTED = Pattern.compile("^[\"'“‘«](.*)[\"'”’»]$", Pattern.DOTALL);
  private static final Pattern FINAL_STOP = Pattern.compile("(?<=[^.])\\.$");
  private static final Pattern YES_OR_NO = Pattern.compile("(?i)\\b(?:yes|no)\\b");
  private static final Pattern LONE_LETTER = Pattern.compile("\\b[A-Z]\\b");
  private static final Pattern LONE_NUMBER = Pattern.compile("\\b[1-9][0-9]?\\b");
  private static final Pattern ABSTAINED = Pattern.compile("(?i)\\W*unanswerable\\W*");

  private AnswerParser() {}

  /// A word, number or phrase, without thoughts, lead-in, emphasis, quotes and final full stop;
  /// units are kept.
  public static Parsed shortAnswer(String reply) {
    String answer = bare(reply);
    if (ABSTAINED.matcher(answer).matches()) {
      return new Parsed.Abstention();
    }
    return answer.isEmpty() ? new Parsed.Nothing() : new Parsed.Answer(answer);
  }

  /// Yes or no: the first word, or the only one of the two that occurs in the reply.
  public static Parsed yesNo(String reply) {
    String said = withoutThoughts(reply);
    if (said.length() > MAX_REASONING_CHARS) {
      return new Parsed.Nothing();
    }
    String answer = bare(reply);
    if (ABSTAINED.matcher(answer).matches()) {
      return new Parsed.Abstention();
    }
    Matcher word = YES_OR_NO.matcher(said);
    Set<String> found = new LinkedHashSet<>();
    while (word.find()) {
      String one = word.group().toLowerCase(Locale.ROOT);
      if (found.isEmpty() && said.substring(0, word.start()).matches("\\W*")) {
        return new Parsed.Answer(one);
      }
      found.add(one);
    }
    return found.size() == 1 ? new Parsed.Answer(found.iterator().next()) : new Parsed.Nothing();
  }

  /// The content of `\boxed{}` in the last answer block, as CapRL's scorer reads it.
  public static Parsed boxed(String reply) {
    String answer = CapRl.answer(reply);
    return answer.isEmpty() ? new Parsed.Nothing() : new Parsed.Answer(answer);
  }

  /// The first standalone letter, or the first number, as CaptionQA's scorer reads it: after
  /// thoughts, after `Answer: `, and after the first line when there are several. The article "a"
  /// counts as the letter A.
  ///
  /// @param count number of options
  public static Parsed firstLetter(String reply, int count) {
    Thoughts thoughts = Thoughts.of(reply);
    if (!thoughts.closed()) {
      return new Parsed.Nothing();
    }
    String said = after("</think>", reply);
    said = after("Answer: ", said);
    said = after("\n", said);
    Matcher letter = LONE_LETTER.matcher(said.toUpperCase(Locale.ROOT));
    if (letter.find() && letter.group().charAt(0) - 'A' < count) {
      return new Parsed.Answer(letter.group());
    }
    Matcher number = LONE_NUMBER.matcher(said);
    if (number.find() && Integer.parseInt(number.group()) <= count) {
      return new Parsed.Answer(String.valueOf((char) ('A' + Integer.parseInt(number.group()) - 1)));
    }
    return new Parsed.Nothing();
  }

  private static String after(String mark, String text) {
    int at = text.indexOf(mark);
    return at < 0 ? text : text.substring(at + mark.length());
  }

  /// A letter from A on, one for each choice.
  public static Parsed choice(String reply, List<String> choices) {
    String said = withoutThoughts(reply);
    if (said.length() > MAX_REASONING_CHARS) {
      return new Parsed.Nothing();
    }
    Parsed letter = ChoiceLetters.in(said, choices.size());
    if (!(letter instanceof Parsed.Nothing)) {
      return letter;
    }
    String answer = bare(reply);
    if (ABSTAINED.matcher(answer).matches()) {
      return new Parsed.Abstention();
    }
    String wanted = normal(answer);
    int found = -1;
    for (int i = 0; i < choices.size(); i++) {
      if (normal(choices.get(i)).equals(wanted)) {
        if (found >= 0) {
          return new Parsed.Nothing(); // two options with the same text
        }
        found = i;
      }
    }
    return found < 0
        ? new Parsed.Nothing()
        : new Parsed.Answer(String.valueOf((char) ('A' + found)));
  }

  /// The answer itself, or empty when the reply is too long to be one. Strips the wrappings
  /// repeatedly until none is left, so that their order does not matter.
  private static String bare(String reply) {
    String before;
    String after = withoutThoughts(reply);
    if (after.length() > MAX_ANSWER_CHARS) {
      return "";
    }
    do {
      before = after;
      if (hasEmphasis(after)) {
        after = EMPHASIS.matcher(after).replaceAll("$2").strip();
      }
      if (after.length() >= MIN_LEAD_CHARS) {
        after = LEAD.matcher(after).replaceFirst("");
      }
      if (!after.isEmpty() && QUOTES.indexOf(after.charAt(0)) >= 0) {
        after = QUOTED.matcher(after).replaceFirst("$1");
      }
      if (after.endsWith(".")) {
        after = FINAL_STOP.matcher(after).replaceFirst("");
      }
      after = after.strip();
    } while (!after.equals(before));
    return after;
  }

  private static boolean hasEmphasis(String text) {
    return text.indexOf('*') >= 0 || text.indexOf('_') >= 0 || text.indexOf('`') >= 0;
  }

  /// The reply after its thoughts; empty when these were cut, since then there is no answer.
  private static String withoutThoughts(String reply) {
    return Thoughts.of(reply).said().strip();
  }

  private static String normal(String text) {
    return PythonText.collapse(text).toLowerCase(Locale.ROOT);
  }
}
