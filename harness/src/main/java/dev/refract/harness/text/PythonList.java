package dev.refract.harness.text;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Python's lists as text: reads literals such as `['a', "it's", 3]`, and writes texts, lists and
/// numbers as Python's `repr` and `str` do.
public final class PythonList {

  private PythonList() {}

  /// The elements of a list literal, each as Python's `str` prints it; empty when the text is not a
  /// list. Blanks around the list are ignored.
  public static Optional<List<String>> parse(String text) {
    String stripped = text.strip();
    return stripped.startsWith("[") ? PythonLiteral.list(stripped) : Optional.empty();
  }

  /// A list of texts formatted like Python's `repr`.
  public static String repr(List<String> texts) {
    return texts.stream().map(PythonList::repr).collect(Collectors.joining(", ", "[", "]"));
  }

  /// A text formatted like Python's `repr`.
  static String repr(String text) {
    char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
    StringBuilder repr = new StringBuilder().append(quote);
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '\\' -> repr.append("\\\\");
            case '\n' -> repr.append("\\n");
            case '\t' -> repr.append("\\t");
            case '\r' -> repr.append("\\r");
            default -> {
              if (isPrintable(c)) {
                repr.append(c == quote ? "\\" : "").appendCodePoint(c);
              } else {
                String escape = c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x";
                repr.append(escape.formatted(c));
              }
            }
          }
        });
    return repr.append(quote).toString();
  }

  /// As Python's `str.isprintable`: no control or format characters, and no blanks but the space.
  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }

  /// The fewest digits that give the same number. Java writes at least two of them.
  private static String shortest(double value) {
    String digits = Double.toString(value);
    int exponent = digits.indexOf('E');
    if (exponent == digits.indexOf('.') + 2 && !digits.startsWith(".0", exponent - 2)) {
      String rounded = String.format(Locale.ROOT, "%.0e", value);
      return Double.parseDouble(rounded) == value ? rounded.replace("e", ".0E") : digits;
    }
    return digits;
  }

  /// A number formatted like Python's `str`.
  public static String text(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
    }
    String shortest = shortest(value);
    double size = Math.abs(value);
    if (size == 0) {
      return shortest; // with the sign of a negative zero
    }
    if (size < 1e-4 || size >= 1e16) {
      int at = shortest.indexOf('E');
      int exponent = Integer.parseInt(shortest.substring(at + 1));
      return "%se%s%02d"
          .formatted(
              shortest.substring(0, at).replaceFirst("\\.0$", ""),
              exponent < 0 ? "-" : "+",
              Math.abs(exponent));
    }
    String decimal = new BigDecimal(shortest).stripTrailingZeros().toPlainString();
    return decimal.contains(".") ? decimal : decimal + ".0";
  }
}
