package dev.refract.harness.score.parse;

import dev.refract.harness.text.PythonText;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Compares the texts of options.
final class OptionTexts {

  private static final Pattern BULLET = Pattern.compile("^[-•>#*]+\\s+");
  private static final Pattern BRACKETED = Pattern.compile("^(?:\\((.*)\\)|\\[(.*)\\])$");

  /// What stands between a letter and its option, as in `B) text`, `**B**: text` or `B - text`.
  private static final String SEPARATOR =
      "[\\s*_`$\"'”’]{0,4}(?:[).:\\]}>】）：,、(（]|[*_`]|[–—-](?=\\s))[\\s*_`$\"'“‘)\\]}]{0,8}";

  private static final Pattern BEGINS_LIKE_A_LETTER = Pattern.compile("[A-Z](?![\\p{L}\\p{N}]).+");

  private OptionTexts() {}

  /// The reply without options that repeat the letter before them: "B. No" is B. An option's own
  /// words, such as "No" or "Both A and B", say nothing about which letter is chosen.
  static String withoutRepeated(String reply, List<String> choices) {
    String rest = reply;
    for (int i = 0; i < choices.size(); i++) {
      String option = ShortAnswers.plain(choices.get(i)).strip();
      if (option.isEmpty() || !contains(rest, option)) {
        continue;
      }
      rest =
          Pattern.compile(
                  "(?<![\\p{L}\\p{N}])("
                      + (char) ('A' + i)
                      + SEPARATOR
                      + ")(?iu:"
                      + Pattern.quote(option)
                      + ")(?![\\p{L}\\p{N}]|[.,]\\p{N})")
              .matcher(rest)
              .replaceAll("$1");
    }
    return rest;
  }

  /// Whether the text holds the other in its middle or at its end, in any case.
  private static boolean contains(String text, String other) {
    for (int at = 2; at + other.length() <= text.length(); at++) {
      if (text.regionMatches(true, at, other, 0, other.length())) {
        return true;
      }
    }
    return false;
  }

  /// Whether an option begins with what looks like a letter, such as "C. Darwin" or "A minor".
  static boolean beginLikeLetters(List<String> choices) {
    for (String choice : choices) {
      if (BEGINS_LIKE_A_LETTER.matcher(choice.strip()).matches()) {
        return true;
      }
    }
    return false;
  }

  /// Index of the only option with the text of a layer, or -1; a lone letter is no text.
  static int whole(List<String> layers, List<String> choices) {
    return layers.stream()
        .filter(layer -> layer.strip().length() > 1)
        .mapToInt(layer -> indexOf(layer, choices))
        .filter(option -> option >= 0)
        .findFirst()
        .orElse(-1);
  }

  /// Index of the only option with this text, or -1.
  static int indexOf(String text, List<String> choices) {
    String wanted = normal(BULLET.matcher(text.strip()).replaceFirst(""));
    int found = exact(wanted, choices);
    Matcher bracketed = BRACKETED.matcher(wanted);
    return found >= 0 || !bracketed.matches()
        ? found
        : exact(normal(bracketed.replaceFirst("$1$2")), choices);
  }

  private static int exact(String wanted, List<String> choices) {
    int found = -1;
    for (int i = 0; i < choices.size() && !wanted.isEmpty(); i++) {
      if (normal(choices.get(i)).equals(wanted)) {
        if (found >= 0) {
          return -1; // two options with the same text
        }
        found = i;
      }
    }
    return found;
  }

  /// The text without case, and without blanks, quotes and stops at its ends.
  private static String normal(String text) {
    String plain = PythonText.lower(PythonText.collapse(ShortAnswers.plain(text)));
    return PythonText.strip(plain, " .!\"'“”‘’*_`。$");
  }
}
