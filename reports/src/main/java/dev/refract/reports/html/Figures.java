package dev.refract.reports.html;

import dev.refract.reports.stats.Estimate;
import java.util.Locale;
import java.util.Map;

/// Numbers as a reader sees them.
final class Figures {

  private Figures() {}

  static String percent(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.1f", 100 * value);
  }

  static String interval(Estimate e) {
    return e.n() == 0
        ? ""
        : String.format(Locale.ROOT, "[%.1f, %.1f]", 100 * e.low(), 100 * e.high());
  }

  static String share(int part, int whole) {
    return whole == 0 ? "–" : percent((double) part / whole) + "%";
  }

  static String decimal(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }

  /// Words between blanks.
  static int words(String text) {
    return text.isBlank() ? 0 : text.strip().split("\\s+").length;
  }

  static String kind(Map<String, Object> model) {
    return String.valueOf(model.get("kind"));
  }

  /// A model by its name, or by its kind where it has none.
  static String model(Map<String, Object> model) {
    Object name = model.get("model");
    return name == null ? kind(model) : name.toString();
  }
}
