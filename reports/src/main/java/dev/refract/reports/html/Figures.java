package dev.refract.reports.html;

import dev.refract.reports.stats.Estimate;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

  /// A share in percent, or a dash where there is none.
  static String optional(@Nullable Double share) {
    return share == null ? "–" : percent(share);
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
