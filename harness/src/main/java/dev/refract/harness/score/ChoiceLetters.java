package dev.refract.harness.score;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Finds the letter that a reply chooses. A letter counts only in a form that names an option, so
/// that "A dog is shown" is not A and "The BBC" is not C.
final class ChoiceLetters {

  private static final List<String> NOUNS = List.of("answer", "option", "choice");

  /// @param needs text that every reply with this form contains, as a quick test; empty for none
  private record Form(String needs, Pattern pattern) {

    Form(String needs, String pattern) {
      this(needs, Pattern.compile(pattern));
    }
  }

  private static final List<Form> FORMS =
      List.of(
          // the letter alone, with any decoration: B  (b)  B.  **B**  $B$
          new Form("", "^[\\s\\p{Punct}]*([A-Za-z])[\\s\\p{Punct}]*$"),
          // the letter before the option's text: B) text  (B) text  B. text  B: text
          new Form("", "^[\\s*_(\\[]*([A-Z])\\s*[).:\\]]+\\**\\s"),
          new Form("\\boxed", "\\\\boxed\\{\\s*(?:\\\\text\\{)?\\s*\\(?([A-Za-z])\\)?\\s*\\}"),
          new Form("\\text", "\\\\text\\{\\s*\\(?([A-Za-z])\\)?\\s*\\}"),
          // **B**, **B. text**
          new Form("**", "\\*\\*\\s*\\(?([A-Z])\\)?\\s*(?:[).:][^*]*)?\\*\\*"));

  private static final Pattern NAMED =
      Pattern.compile(
          "(?i:\\b(?:answer|option|choice)(?:\\s+is)?\\s*:?\\s*)[\\s*_$(\\[\"'“]*([A-Z])(?![A-Za-z'’])(?!\\s+[a-z])");

  private ChoiceLetters() {}

  /// @param count number of options
  static Parsed in(String reply, int count) {
    long letters = 0;
    for (Form form : FORMS) {
      if (reply.contains(form.needs)) {
        letters |= letters(form.pattern, reply);
      }
    }
    if (namesOne(reply)) {
      letters |= letters(NAMED, reply);
    }
    letters &= (1L << Math.min(26, count)) - 1;
    return Long.bitCount(letters) == 1
        ? new Parsed.Answer(String.valueOf((char) ('A' + Long.numberOfTrailingZeros(letters))))
        : new Parsed.Nothing();
  }

  /// One bit for each letter found in this form.
  private static long letters(Pattern pattern, String reply) {
    long letters = 0;
    Matcher matcher = pattern.matcher(reply);
    while (matcher.find()) {
      letters |= 1L << Character.toUpperCase(reply.charAt(matcher.start(1))) - 'A';
    }
    return letters;
  }

  private static boolean namesOne(String reply) {
    for (int i = 0; i + 6 <= reply.length(); i++) {
      char c = reply.charAt(i);
      if (c == 'a' || c == 'A' || c == 'o' || c == 'O' || c == 'c' || c == 'C') {
        for (String noun : NOUNS) {
          if (reply.regionMatches(true, i, noun, 0, noun.length())) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
