package dev.refract.harness.text;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// Python's string and number functions, since the reference scorers are written in Python. They
/// follow CPython 3.11; the letters that Unicode added since then may differ.
public final class PythonText {

  private static final Pattern FLOAT =
      Pattern.compile("[+-]?(?:\\d++\\.?+\\d*+|\\.\\d++)(?:[eE][+-]?\\d++)?");
  private static final int MAX_EXACT_DIGITS = 15;
  private static final double[] POWERS =
      IntStream.rangeClosed(0, MAX_EXACT_DIGITS).mapToDouble(i -> Math.pow(10, i)).toArray();
  private static final Pattern NAMED =
      Pattern.compile("([+-]?)(inf|infinity|nan)", Pattern.CASE_INSENSITIVE);

  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]{1,4300}");

  /// With more places a double does not change.
  private static final int MAX_PLACES = 400;

  /// The members of Python's class `\\w`. The digit from outside the basic plane, which is one of
  /// them anyway, makes Java look behind by code points.
  private static final String WORD = "\\p{L}\\p{N}_\ud835\udfce";

  /// The members of `\\d`, with the same digit.
  private static final String DIGIT = "\\p{Nd}\ud835\udfce";

  private static final char SIGMA = '\u03a3';

  /// The characters inside words that Unicode's property Word_Break calls MidLetter, MidNumLet and
  /// Single_Quote.
  private static final String CASE_IGNORABLE =
      "'.:\u00b7\u0387\u055f\u05f4\u2018\u2019\u2024\u2027\ufe13\ufe52\ufe55\uff07\uff0e\uff1a";

  private PythonText() {}

  /// `float(text)`: accepts surrounding blanks, underscores between digits, digits of any script,
  /// `inf` and `nan`; empty when Python raises ValueError.
  public static OptionalDouble toFloat(String text) {
    String stripped = withoutNumberBlanks(text);
    if (stripped.isEmpty() || !mayBegin(stripped.charAt(0))) {
      return OptionalDouble.empty();
    }
    int digits = decimalDigits(stripped);
    return digits > 0 ? OptionalDouble.of(decimal(stripped)) : anyFloat(stripped);
  }

  /// `int(text)`; empty when Python raises ValueError.
  public static Optional<BigInteger> toInt(String text) {
    String digits = withoutUnderscores(asciiDigits(withoutNumberBlanks(text)));
    return INTEGER.matcher(digits).matches()
        ? Optional.of(new BigInteger(digits.startsWith("+") ? digits.substring(1) : digits))
        : Optional.empty();
  }

  /// `round(value, places)`: to even when the value is exactly in the middle.
  public static double round(double value, int places) {
    if (Double.isNaN(value) || Double.isInfinite(value) || places > MAX_PLACES) {
      return value;
    }
    double rounded = new BigDecimal(value).setScale(places, RoundingMode.HALF_EVEN).doubleValue();
    return Math.copySign(rounded, value); // a negative number stays negative, even as zero
  }

  /// The blanks that `float` and `int` ignore. The four separators U+001C to U+001F are not among
  /// them, although `strip` removes them.
  private static String withoutNumberBlanks(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isNumberBlank(text.charAt(from))) {
      from++;
    }
    while (to > from && isNumberBlank(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isNumberBlank(char c) {
    return isSpace(c) && (c < 0x1c || c > 0x1f);
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
  public static String strip(String text) {
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
  public static String collapse(String text) {
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

  /// `text.strip(marks)`.
  public static String strip(String text, String marks) {
    int from = 0;
    int to = text.length();
    while (from < to && marks.indexOf(text.charAt(from)) >= 0) {
      from++;
    }
    while (to > from && marks.indexOf(text.charAt(to - 1)) >= 0) {
      to--;
    }
    return text.substring(from, to);
  }

  /// `text.strip(mark)`.
  public static String strip(String text, char mark) {
    int from = 0;
    while (from < text.length() && text.charAt(from) == mark) {
      from++;
    }
    return stripEnd(text.substring(from), mark);
  }

  /// `text.rstrip(mark)`.
  public static String stripEnd(String text, char mark) {
    int to = text.length();
    while (to > 0 && text.charAt(to - 1) == mark) {
      to--;
    }
    return text.substring(0, to);
  }

  /// `text.lower()`. Java and Python disagree only on where a word with a capital sigma ends.
  public static String lower(String text) {
    if (text.indexOf(SIGMA) < 0) {
      return text.toLowerCase(Locale.ROOT);
    }
    StringBuilder lower = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      int end = at + Character.charCount(c);
      if (c == SIGMA) {
        lower.append(endsWord(text, at) ? 'ς' : 'σ');
      } else {
        lower.append(text.substring(at, end).toLowerCase(Locale.ROOT));
      }
      at = end;
    }
    return lower.toString();
  }

  /// Whether a cased letter stands before this place and none after it, with only marks between.
  private static boolean endsWord(String text, int at) {
    int before = at;
    while (before > 0 && isCaseIgnorable(text.codePointBefore(before))) {
      before -= Character.charCount(text.codePointBefore(before));
    }
    int after = at + 1;
    while (after < text.length() && isCaseIgnorable(text.codePointAt(after))) {
      after += Character.charCount(text.codePointAt(after));
    }
    return before > 0
        && isCased(text.codePointBefore(before))
        && (after >= text.length() || !isCased(text.codePointAt(after)));
  }

  /// Unicode's property Cased.
  private static boolean isCased(int c) {
    return Character.isUpperCase(c) || Character.isLowerCase(c) || Character.isTitleCase(c);
  }

  /// Unicode's property Case_Ignorable.
  private static boolean isCaseIgnorable(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK,
          Character.ENCLOSING_MARK,
          Character.FORMAT,
          Character.MODIFIER_LETTER,
          Character.MODIFIER_SYMBOL ->
          true;
      default -> CASE_IGNORABLE.indexOf(c) >= 0;
    };
  }

  /// Compiles a regular expression in Python's notation with Python's meaning of `\\w`, `\\d`,
  /// `\\s`, `\\b` and the full stop.
  public static Pattern pattern(String python) {
    StringBuilder java = new StringBuilder();
    boolean inClass = false;
    for (int i = 0; i < python.length(); i++) {
      char c = python.charAt(i);
      if (c == '\\' && i + 1 < python.length()) {
        i++;
        String members =
            switch (python.charAt(i)) {
              case 'w' -> WORD;
              case 'd' -> DIGIT;
              case 's' -> "\\t-\\r\\x1c- \\x85\\p{Z}";
              default -> "";
            };
        if (python.charAt(i) == 'b' && !inClass) {
          java.append("(?:(?<=[W])(?![W])|(?<![W])(?=[W]))".replace("W", WORD));
        } else if (members.isEmpty()) {
          java.append(c).append(python.charAt(i));
        } else {
          java.append(inClass ? members : "[" + members + "]");
        }
      } else {
        inClass = c == '[' || inClass && c != ']';
        java.append(c);
      }
    }
    return Pattern.compile(java.toString(), Pattern.UNIX_LINES);
  }

  /// `text.upper()`.
  public static String upper(String text) {
    return text.toUpperCase(Locale.ROOT);
  }

  /// `len(text.split())`.
  public static int words(String text) {
    String collapsed = collapse(text);
    return collapsed.isEmpty() ? 0 : collapsed.split(" ", -1).length;
  }

  /// `len(text.upper())`: code points in upper case, where some letters become several.
  public static int upperLength(String text) {
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
