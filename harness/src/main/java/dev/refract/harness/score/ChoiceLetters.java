package dev.refract.harness.score;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the letter that a reply settles on. A letter counts only in a form that names an option,
/// so that "A dog is shown" is not A and "The BBC" is not C.
final class ChoiceLetters {

  private static final List<Pattern> FORMS =
      List.of(
          // the letter alone, with any decoration: B  (b)  B.  **B**  $B$
          Pattern.compile("^[\\s\\p{Punct}]*([A-Za-z])[\\s\\p{Punct}]*$"),
          // the letter before the option's text: B) text  (B) text  B. text  B: text
          Pattern.compile("^[\\s*_(\\[]*([A-Z])\\s*[).:\\]]+\\**\\s"),
          Pattern.compile("\\\\boxed\\{\\s*(?:\\\\text\\{)?\\s*\\(?([A-Za-z])\\)?\\s*\\}"),
          Pattern.compile("\\\\text\\{\\s*\\(?([A-Za-z])\\)?\\s*\\}"),
          // **B**, **B. text**
          Pattern.compile("\\*\\*\\s*\\(?([A-Z])\\)?\\s*(?:[).:][^*]*)?\\*\\*"),
          Pattern.compile(
              "(?i:\\b(?:answer|option|choice)(?:\\s+is)?\\s*:?\\s*)[\\s*_$(\\[\"'“]*([A-Z])(?![A-Za-z'’])(?!\\s+[a-z])"));

  private ChoiceLetters() {}

  /// @param count how many options there are
  static Parsed in(String reply, int count) {
    Set<Character> letters = new LinkedHashSet<>();
    for (Pattern form : FORMS) {
      Matcher matcher = form.matcher(reply);
      while (matcher.find()) {
        letters.add(matcher.group(1).toUpperCase(Locale.ROOT).charAt(0));
      }
    }
    letters.removeIf(letter -> letter - 'A' >= count);
    return letters.size() == 1
        ? new Parsed.Answer(letters.iterator().next().toString())
        : new Parsed.Nothing();
  }
}
