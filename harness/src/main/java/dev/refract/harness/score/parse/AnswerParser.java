package dev.refract.harness.score.parse;

import dev.refract.harness.text.PythonText;
import dev.refract.reports.caption.Thoughts;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Extracts the answer from a free-form reply, or nothing; it never guesses.
public final class AnswerParser {

  private static final int MAX_REASONING_CHARS = 20_000;
  private static final Pattern YES_OR_NO = Pattern.compile("(?i)\\b(?:yes|no)\\b");
  private static final Pattern LONE_LETTER = PythonText.pattern("\\b[A-Z]\\b");
  private static final Pattern LONE_NUMBER = PythonText.pattern("\\b[1-9][0-9]?\\b");
  private static final Pattern ABSTAINED = Pattern.compile("(?i)\\W*unanswerable\\W*");

  private AnswerParser() {}

  /// The texts that may be the answer, from the whole reply without thoughts to a word, number or
  /// phrase without wrappings: tags and boxes, lead-ins, emphasis, quotes, a final full stop. Units
  /// are kept. Empty when the reply says nothing.
  public static List<String> layers(String reply) {
    List<String> layers = ShortAnswers.layers(reply);
    if (!layers.isEmpty()) {
      String plain = ShortAnswers.plain(layers.getLast());
      if (!plain.equals(layers.getLast())) {
        layers.add(layers.size() - 1, plain);
      }
    }
    return layers;
  }

  /// The last of the layers: a word, number or phrase.
  public static Parsed shortAnswer(String reply) {
    String answer = ShortAnswers.bare(reply);
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
    String answer = ShortAnswers.bare(reply);
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
    ChoiceLetters.Reading read = ChoiceLetters.in(said, choices);
    boolean isRead = read.contradicts() || read.letter() instanceof Parsed.Answer;
    boolean mayMislead = OptionTexts.beginLikeLetters(choices);
    if (isRead && !mayMislead) {
      return read.letter(); // most replies need no more
    }
    List<String> layers = ShortAnswers.layers(reply);
    int whole = mayMislead ? OptionTexts.whole(layers, choices) : -1;
    if (whole >= 0) {
      return new Parsed.Answer(ChoiceLetters.letter(whole));
    } else if (isRead) {
      return read.letter();
    }
    List<Integer> named =
        Stream.concat(layers.stream(), said.lines().limit(1))
            .map(layer -> OptionTexts.indexOf(layer, choices))
            .filter(option -> option >= 0)
            .distinct()
            .toList();
    if (named.size() == 1) {
      return new Parsed.Answer(ChoiceLetters.letter(named.getFirst()));
    }
    return !layers.isEmpty() && ABSTAINED.matcher(layers.getLast()).matches()
        ? new Parsed.Abstention()
        : new Parsed.Nothing();
  }

  /// The reply after its thoughts; empty when these were cut, since then there is no answer.
  private static String withoutThoughts(String reply) {
    return Thoughts.of(reply).said().strip();
  }
}
