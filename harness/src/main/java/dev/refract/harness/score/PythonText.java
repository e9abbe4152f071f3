package dev.refract.harness.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/// The string and number rules of the references, which are written in Python.
final class PythonText {

  private static final Pattern FLOAT =
      Pattern.compile("[+-]?(?:\\d++\\.?+\\d*+|\\.\\d++)(?:[eE][+-]?\\d++)?");
  private static final Pattern NAMED =
      Pattern.compile("([+-]?)(inf|infinity|nan)", Pattern.CASE_INSENSITIVE);

  private PythonText() {}

  /// `float(text)`: blanks around, underscores between digits, digits of any script, `inf` and
  /// `nan`; empty where Python raises ValueError.
  static OptionalDouble toFloat(String text) {
    String plain = asciiDigits(strip(text));
    var named = NAMED.matcher(plain);
    if (named.matches()) {
      double size =
          named.group(2).toLowerCase(Locale.ROOT).equals("nan")
              ? Double.NaN
              : Double.POSITIVE_INFINITY;
      return OptionalDouble.of(named.group(1).equals("-") ? -size : size);
    }
    String digits = withoutUnderscores(plain);
    return FLOAT.matcher(digits).matches()
        ? OptionalDouble.of(Double.parseDouble(digits))
        : OptionalDouble.empty();
  }

  /// Underscores that stand between two digits go; others stay, and no number has them.
  private static String withoutUnderscores(String text) {
    StringBuilder plain = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      boolean between =
          i > 0
              && i + 1 < text.length()
              && Character.isDigit(text.charAt(i - 1))
              && Character.isDigit(text.charAt(i + 1));
      if (text.charAt(i) != '_' || !between) {
        plain.append(text.charAt(i));
      }
    }
    return plain.toString();
  }

  /// `text.strip()`.
  static String strip(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isSpace(text.charAt(from))) {
      from++;
    }
    while (to > from && isSpace(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  /// `" ".join(text.split())`.
  static String collapse(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || isSpace(text.charAt(i))) {
        if (!word.isEmpty()) {
          words.add(word.toString());
          word.setLength(0);
        }
      } else {
        word.append(text.charAt(i));
      }
    }
    return String.join(" ", words);
  }

  /// `text.lower()`.
  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /// `len(text.upper())`: code points, of which some letters have more in upper case.
  static int upperLength(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    return upper.codePointCount(0, upper.length());
  }

  /// `str.isspace()` of one character.
  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
  }

  private static String asciiDigits(String text) {
    StringBuilder plain = new StringBuilder();
    text.codePoints()
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
