package dev.refract.reports.render;

import java.util.Locale;

/// An SVG picture of simple shapes. Colours are classes of the style sheet, so that dark mode and
/// print can use their own; every text is escaped.
public final class Svg {

  private final StringBuilder body = new StringBuilder();
  private final int width;
  private final int height;
  private final String label;

  /// @param label description of the picture for screen readers
  Svg(int width, int height, String label) {
    this.width = width;
    this.height = height;
    this.label = label;
  }

  Svg line(String style, double x1, double y1, double x2, double y2) {
    return add(
        "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>",
        style, number(x1), number(y1), number(x2), number(y2));
  }

  Svg dot(String style, double x, double y, String title) {
    return add(
        "<circle class=\"%s\" cx=\"%s\" cy=\"%s\" r=\"4\"><title>%s</title></circle>",
        style, number(x), number(y), escaped(title));
  }

  Svg path(String style, String points) {
    return add("<polyline class=\"%s\" points=\"%s\"/>", style, points);
  }

  /// @param anchor `start`, `middle` or `end`
  Svg text(String anchor, double x, double y, String text) {
    return add(
        "<text text-anchor=\"%s\" x=\"%s\" y=\"%s\">%s</text>",
        anchor, number(x), number(y), escaped(text));
  }

  static String point(double x, double y) {
    return number(x) + "," + number(y) + " ";
  }

  @Override
  public String toString() {
    return "<svg class=\"plot\" viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">%s</svg>"
        .formatted(width, height, escaped(label), body);
  }

  @SuppressWarnings("AnnotateFormatMethod") // its callers are on this page
  private Svg add(String format, Object... values) {
    body.append(String.format(Locale.ROOT, format, values));
    return this;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String escaped(String text) {
    StringBuilder plain = new StringBuilder();
    Texts.visible(text)
        .codePoints()
        .forEach(c -> {
          switch (c) {
            case '&' -> plain.append("&amp;");
            case '<' -> plain.append("&lt;");
            case '>' -> plain.append("&gt;");
            case '"' -> plain.append("&quot;");
            case '\'' -> plain.append("&#39;");
            default -> plain.appendCodePoint(c);
          }
        });
    return plain.toString();
  }
}
