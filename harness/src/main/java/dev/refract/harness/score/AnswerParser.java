package dev.refract.harness.score;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Turns a free-form reply into an answer, or into nothing; it never guesses.
public final class AnswerParser {

  private static final Pattern THOUGHT = Pattern.compile("(?is)<think>.*?</think>|^.*</think>");
  private static final Pattern LEAD =
      Pattern.compile(
          "(?i)^(?:so,?\\s+|therefore,?\\s+)?(?:the\\s+)?(?:final\\s+|correct\\s+)?answer(?:\\s+to\\s+the\\s+question)?\\s*(?:is|:|=)\\s*:?\\s*");
  private static final Pattern EMPHASIS =
      Pattern.compile("(\\*\\*|__|\\*|`)(?=\\S)(.+?)(?<=\\S)\\1");
  private static final Pattern QUOTED = Pattern.compile("^[\"'“‘«](.*)[\"'”’»]$", Pattern.DOTALL);
  private static final Pattern FINAL_STOP = Pattern.compile("(?<=[^.])\\.$");
  private static final Pattern ABSTAINED = Pattern.compile("(?i)\\W*unanswerable\\W*");

  private AnswerParser() {}

  /// A word, number or phrase: without thoughts, a lead-in, emphasis, quotes and a final full stop;
  /// units stay.
  public static Parsed shortAnswer(String reply) {
    String answer = bare(reply);
    if (ABSTAINED.matcher(answer).matches()) {
      return new Parsed.Abstention();
    }
    return answer.isEmpty() ? new Parsed.Nothing() : new Parsed.Answer(answer);
  }

  /// A letter from A on, one for each choice.
  public static Parsed choice(String reply, List<String> choices) {
    Parsed letter = ChoiceLetters.in(withoutThoughts(reply), choices.size());
    if (!(letter instanceof Parsed.Nothing)) {
      return letter;
    }
    String answer = bare(reply);
    if (ABSTAINED.matcher(answer).matches()) {
      return new Parsed.Abstention();
    }
    List<Integer> same =
        java.util.stream.IntStream.range(0, choices.size())
            .filter(i -> normal(choices.get(i)).equals(normal(answer)))
            .boxed()
            .toList();
    return same.size() == 1
        ? new Parsed.Answer(String.valueOf((char) ('A' + same.getFirst())))
        : new Parsed.Nothing();
  }

  /// Peels layer after layer until nothing comes off, so that their order does not matter.
  private static String bare(String reply) {
    String before;
    String after = withoutThoughts(reply);
    do {
      before = after;
      after = EMPHASIS.matcher(after).replaceAll("$2").strip();
      after = LEAD.matcher(after).replaceFirst("");
      after = QUOTED.matcher(after).replaceFirst("$1");
      after = FINAL_STOP.matcher(after).replaceFirst("").strip();
    } while (!after.equals(before));
    return after;
  }

  private static String withoutThoughts(String reply) {
    return THOUGHT.matcher(reply).replaceAll("").strip();
  }

  private static String normal(String text) {
    return PythonText.collapse(text).toLowerCase(Locale.ROOT);
  }
}
