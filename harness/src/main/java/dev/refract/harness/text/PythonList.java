package dev.refract.harness.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A list of texts and numbers as Python writes it, `['a', "it's", 3]`, read and never evaluated.
/// Texts that stand beside each other are one, as in Python.
public final class PythonList {

  private final String text;
  private int at;

  private PythonList(String text) {
    this.text = text;
  }

  /// The elements as texts, or nothing when the text is no such list.
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
    boolean literal =
        word.matches("[+-]?(\\d[\\d_]*\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?|True|False|None");
    return literal ? Optional.of(str(word)) : Optional.empty();
  }

  /// What `str` makes of a number.
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

  /// A list of texts as Python's `repr` writes it.
  public static String repr(List<String> texts) {
    StringBuilder list = new StringBuilder("[");
    for (String text : texts) {
      char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
      list.append(list.length() == 1 ? "" : ", ").append(quote);
      for (char c : text.toCharArray()) {
        switch (c) {
          case '\\' -> list.append("\\\\");
          case '\n' -> list.append("\\n");
          case '\t' -> list.append("\\t");
          case '\r' -> list.append("\\r");
          default -> list.append(c == quote ? "\\" : "").append(c);
        }
      }
      list.append(quote);
    }
    return list.append(']').toString();
  }

  /// A number as Python's `str` writes it.
  public static String text(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
    }
    double size = Math.abs(value);
    boolean written = size == 0 || (size >= 1e-4 && size < 1e16);
    if (!written) {
      return Double.toString(value).replace("E-", "e-").replace("E", "e+").replace(".0e", "e");
    }
    String decimal = new java.math.BigDecimal(Double.toString(value)).toPlainString();
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
