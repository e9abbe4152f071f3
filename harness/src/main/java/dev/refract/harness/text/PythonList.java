package dev.refract.harness.text;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Parses a Python list literal of texts and numbers, such as `['a', "it's", 3]`, without
/// evaluating code. As in Python, adjacent texts are concatenated.
public final class PythonList {

  private static final String DIGITS = "\\d(?:_?\\d)*";

  /// Numbers as Python's grammar has them: no leading zeros, and underscores only between digits.
  private static final Pattern LITERAL =
      Pattern.compile(
          "[+-]?(?:0(?:_?0)*|[1-9](?:_?\\d)*"
              + "|(?:D\\.(?:D)?|\\.D)(?:[eE][+-]?D)?|D[eE][+-]?D)|True|False|None"
                  .replace("D", DIGITS));

  private final String text;
  private int at;

  private PythonList(String text) {
    this.text = text;
  }

  /// The elements as texts, or empty when the text is not such a list.
  public static Optional<List<String>> parse(String text) {
    String stripped = text.strip();
    if (!stripped.startsWith("[") || !stripped.endsWith("]")) {
      return Optional.empty();
    }
    return new PythonList(stripped).list();
  }

  private Optional<List<String>> list() {
    List<String> elements = new ArrayList<>();
    at = 1;
    skipBlanks();
    while (at < text.length() && text.charAt(at) != ']') {
      Optional<String> element = element();
      if (element.isEmpty()) {
        return Optional.empty();
      }
      elements.add(element.get());
      skipBlanks();
      if (at < text.length() && text.charAt(at) == ',') {
        at++;
        skipBlanks();
      } else if (at >= text.length() || text.charAt(at) != ']') {
        return Optional.empty();
      }
    }
    return at == text.length() - 1 ? Optional.of(elements) : Optional.empty();
  }

  private Optional<String> element() {
    char first = text.charAt(at);
    if (first == '\'' || first == '"') {
      return texts();
    }
    int end = at;
    while (end < text.length() && ",]".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    String word = text.substring(at, end).strip();
    at = end;
    return LITERAL.matcher(word).matches() ? Optional.of(str(word)) : Optional.empty();
  }

  /// A number formatted like Python's `str`.
  private static String str(String word) {
    if (word.matches("True|False|None")) {
      return word;
    }
    String plain = word.replace("_", "");
    if (plain.matches("[+-]?\\d+")) {
      return new java.math.BigInteger(plain).toString();
    }
    return text(Double.parseDouble(plain));
  }

  /// A list of texts formatted like Python's `repr`.
  public static String repr(List<String> texts) {
    StringBuilder list = new StringBuilder("[");
    for (String text : texts) {
      char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
      list.append(list.length() == 1 ? "" : ", ").append(quote);
      text.codePoints()
          .forEach(c -> {
            switch (c) {
              case '\\' -> list.append("\\\\");
              case '\n' -> list.append("\\n");
              case '\t' -> list.append("\\t");
              case '\r' -> list.append("\\r");
              default -> {
                if (isPrintable(c)) {
                  list.append(c == quote ? "\\" : "").appendCodePoint(c);
                } else {
                  String escape = c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x";
                  list.append(escape.formatted(c));
                }
              }
            }
          });
      list.append(quote);
    }
    return list.append(']').toString();
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

  /// A number formatted like Python's `str`.
  public static String text(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
    }
    String shortest = Double.toString(value);
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

  private Optional<String> texts() {
    StringBuilder whole = new StringBuilder();
    while (at < text.length() && (text.charAt(at) == '\'' || text.charAt(at) == '"')) {
      Optional<String> part = quoted(text.charAt(at));
      if (part.isEmpty()) {
        return part;
      }
      whole.append(part.get());
      skipBlanks();
    }
    return Optional.of(whole.toString());
  }

  private Optional<String> quoted(char quote) {
    StringBuilder value = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == quote) {
        at++;
        return Optional.of(value.toString());
      } else if (c == '\\' && at + 1 < text.length()) {
        at++;
        escape(value);
      } else {
        value.append(c);
      }
    }
    return Optional.empty();
  }

  private void escape(StringBuilder value) {
    char c = text.charAt(at);
    int digits =
        switch (c) {
          case 'x' -> 2;
          case 'u' -> 4;
          case 'U' -> 8;
          default -> 0;
        };
    String hex = text.substring(at + 1, Math.min(text.length(), at + 1 + digits));
    if (digits > 0 && hex.length() == digits && hex.matches("[0-9a-fA-F]+")) {
      long point = Long.parseLong(hex, 16);
      if (point <= Character.MAX_CODE_POINT) {
        value.appendCodePoint((int) point);
        at += digits;
        return;
      }
    }
    switch (c) {
      case 'n' -> value.append('\n');
      case 't' -> value.append('\t');
      case 'r' -> value.append('\r');
      case '\\', '\'', '"' -> value.append(c);
      default -> value.append('\\').append(c);
    }
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}
