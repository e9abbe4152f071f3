package dev.refract.harness.dataset.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Options that are written in the text, after the question: `Options: A: one, B: two`,
/// `Choices:\n(A) 10\n(B) 15`, `A. 200;B. 300`.
///
/// @param before the text before the options, without their heading
/// @param options in order of their letters, two or more
record OptionText(String before, List<String> options) {

  private static final Pattern HEADING =
      Pattern.compile("(?i)(?:^|\\s)(?:options|choices)\\s*:\\s*$");
  private static final Pattern LABEL =
      Pattern.compile("(?:(?<=^|[\\s;,.])|(?<=、))(?:\\(([A-Z])\\)|([A-Z])\\s*[:.)、])\\s*");

  /// The longest run of labels A, B, C ... in order, or empty when there are fewer than two.
  static Optional<OptionText> parse(String text) {
    Optional<OptionText> best = Optional.empty();
    Matcher first = LABEL.matcher(text);
    for (int from = 0; first.find(from); from = first.start() + 1) {
      if (letter(first) == 'A') {
        Optional<OptionText> found = run(text, first.start(), first.end());
        if (found.isPresent()
            && (best.isEmpty() || found.get().options.size() >= best.get().options.size())) {
          best = found;
        }
      }
    }
    return best;
  }

  private static Optional<OptionText> run(String text, int start, int firstEnd) {
    List<String> options = new ArrayList<>();
    Matcher label = LABEL.matcher(text);
    int at = firstEnd;
    char next = 'B';
    int from = firstEnd;
    while (label.find(from)) {
      if (letter(label) == next) {
        options.add(trimmed(text.substring(at, label.start())));
        at = label.end();
        next++;
      }
      from = Math.max(label.start() + 1, label.end() - 1);
    }
    options.add(trimmed(text.substring(at)));
    return options.size() < 2
        ? Optional.empty()
        : Optional.of(
            new OptionText(
                HEADING.matcher(text.substring(0, start)).replaceFirst("").strip(), options));
  }

  private static char letter(Matcher label) {
    String letter = label.group(1) == null ? label.group(2) : label.group(1);
    return letter.charAt(0);
  }

  private static String trimmed(String option) {
    return option.strip().replaceFirst("[,;]$", "").strip();
  }
}
