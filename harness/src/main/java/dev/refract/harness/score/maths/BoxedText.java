package dev.refract.harness.score.maths;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Replaces a text by the contents of its boxes, as the reference's normalisation does: from right
/// to left, and of nested boxes only the innermost.
final class BoxedText {

  /// Boxes that are closer are read together.
  private static final int MAX_CHARS_BETWEEN = 10;

  private static final int MAX_CHARS_BETWEEN_WITH_SEPARATOR = 70;
  private static final Pattern SEPARATOR = Pattern.compile("and|or|,|;");
  private static final String BOXED = "\\boxed";
  private static final String FRAMED = "\\fbox";

  private BoxedText() {}

  /// The contents of all boxes, joined by commas; the text itself when there are none.
  static String all(String text) {
    return contents(text, false);
  }

  /// The contents of the last boxes that stand together.
  static String last(String text) {
    return contents(text, true);
  }

  private static String contents(String text, boolean last) {
    List<String> found = new ArrayList<>();
    int end = text.length();
    int laterStart = -1;
    while (end > 0) {
      int boxed = text.lastIndexOf(BOXED, end - BOXED.length());
      int framed = text.lastIndexOf(FRAMED, end - FRAMED.length());
      int start = Math.max(boxed, framed);
      if (start < 0) {
        break;
      }
      int brace = start + (boxed > framed ? BOXED.length() : FRAMED.length());
      while (brace < end && Character.isWhitespace(text.charAt(brace))) {
        brace++;
      }
      if (brace >= end) {
        break;
      }
      int close = text.charAt(brace) == '{' ? closing(text, brace, end) : -1;
      if (close < 0) {
        if (found.isEmpty()) {
          found.add(text.substring(brace));
        }
        break;
      }
      String content = text.substring(brace + 1, close).strip();
      if (last
          && laterStart >= 0
          && !isTogether(text.substring(close + 1, laterStart), content, found.getLast())) {
        break;
      }
      found.add(content);
      laterStart = start;
      end = start;
    }
    return found.isEmpty() ? text : String.join(",", found.reversed());
  }

  private static int closing(String text, int brace, int end) {
    int open = 1;
    for (int i = brace + 1; i < end; i++) {
      if (text.charAt(i) == '{') {
        open++;
      } else if (text.charAt(i) == '}' && --open == 0) {
        return i;
      }
    }
    return -1;
  }

  private static boolean isTogether(String between, String content, String later) {
    return between.length() < MAX_CHARS_BETWEEN
        || !later.equals(content)
            && between.length() < MAX_CHARS_BETWEEN_WITH_SEPARATOR
            && SEPARATOR.matcher(between).find();
  }
}
