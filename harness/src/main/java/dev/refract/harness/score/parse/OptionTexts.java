package dev.refract.harness.score.parse;

import dev.refract.harness.text.PythonText;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Compares the texts of options.
final class OptionTexts {

  private static final Pattern BULLET = Pattern.compile("^[-•>#*]+\\s+");
  private static final Pattern BRACKETED = Pattern.compile("^(?:\\((.*)\\)|\\[(.*)\\])$");

  private OptionTexts() {}

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
