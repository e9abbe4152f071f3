package dev.refract.harness.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Python's string and number functions, since the reference scorers are written in Python.
final class PythonText {

  private static final Pattern FLOAT =
      Pattern.compile("[+-]?(?:\\d++\\.?+\\d*+|\\.\\d++)(?:[eE][+-]?\\d++)?");
  private static final int MAX_EXACT_DIGITS = 15;
  private static final double[] POWERS =
      IntStream.rangeClosed(0, MAX_EXACT_DIGITS).mapToDouble(i -> Math.pow(10, i)).toArray();
  private static final Pattern NAMED =
      Pattern.compile("([+-]?)(inf|infinity|nan)", Pattern.CASE_INSENSITIVE);

  private PythonText() {}

  /// `float(text)`: accepts surrounding blanks, underscores between digits, digits of any script,
  /// `inf` and `nan`; empty when Python raises ValueError.
  static OptionalDouble toFloat(String text) {
    String stripped = strip(text);
    if (stripped.isEmpty() || !mayBegin(stripped.charAt(0))) {
      return OptionalDouble.empty();
    }
    int digits = decimalDigits(stripped);
    return digits > 0 ? OptionalDouble.of(decimal(stripped)) : anyFloat(stripped);
  }

  private static boolean mayBegin(char c) {
    return c >= '0' && c <= '9' || c > 127 || "+-.iInN".indexOf(c) >= 0;
  }

  /// Number of digits of a plain decimal such as `12.5`, the form of almost all numbers; 0 for any
  /// other text.
  private static int decimalDigits(String text) {
    int digits = 0;
    boolean point = false;
    for (int i = text.charAt(0) == '-' ? 1 : 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' && !point) {
        point = true;
      } else if (c >= '0' && c <= '9') {
        digits++;
      } else {
        return 0;
      }
    }
    return digits <= MAX_EXACT_DIGITS ? digits : 0;
  }

  /// The digits and the power of ten are both exact as doubles, so their quotient is rounded only
  /// once, like the result of Java's own parser.
  private static double decimal(String text) {
    long digits = 0;
    int after = 0;
    boolean point = false;
    boolean negative = text.charAt(0) == '-';
    for (int i = negative ? 1 : 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        point = true;
      } else {
        digits = 10 * digits + c - '0';
        after += point ? 1 : 0;
      }
    }
    double value = digits / POWERS[after];
    return negative ? -value : value;
  }

  private static OptionalDouble anyFloat(String text) {
    String plain = asciiDigits(text);
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

  /// Removes underscores between two digits; with any other underscore the text is not a number.
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
    if (isCollapsed(text)) {
      return text;
    }
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

  private static boolean isCollapsed(String text) {
    char before = ' '; // an underscore may not come first
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' ? c != ' ' || before == ' ' : c > 126 && isSpace(c)) {
        return false;
      }
      before = c;
    }
    return before != ' ' || text.isEmpty();
  }

  /// `text.strip(mark)`.
  static String strip(String text, char mark) {
    int from = 0;
    while (from < text.length() && text.charAt(from) == mark) {
      from++;
    }
    return stripEnd(text.substring(from), mark);
  }

  /// `text.rstrip(mark)`.
  static String stripEnd(String text, char mark) {
    int to = text.length();
    while (to > 0 && text.charAt(to - 1) == mark) {
      to--;
    }
    return text.substring(0, to);
  }

  /// `text.lower()`.
  static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /// `len(text.upper())`: code points in upper case, where some letters become several.
  static int upperLength(String text) {
    if (isAscii(text)) {
      return text.length();
    }
    String upper = text.toUpperCase(Locale.ROOT);
    return upper.codePointCount(0, upper.length());
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 127) {
        return false;
      }
    }
    return true;
  }

  /// `str.isspace()` of one character.
  private static boolean isSpace(char c) {
    if (c > ' ' && c < 127) {
      return false;
    }
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
