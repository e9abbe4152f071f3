package dev.refract.reports.render;

import dev.refract.reports.stats.Estimate;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Number formats for pages. Templates name it `format`; an unknown number is a dash.
public final class NumberFormats {

  /// For pages: what is unknown is an en dash.
  public static final NumberFormats FORMAT = new NumberFormats("–");

  /// For terminals: what is unknown is a hyphen.
  public static final NumberFormats PLAIN = new NumberFormats("-");

  private final String unknown;

  private NumberFormats(String unknown) {
    this.unknown = unknown;
  }

  /// A part as a share of a whole; null where there is no whole.
  public static @Nullable Double share(int part, int whole) {
    return whole == 0 ? null : Double.valueOf((double) part / whole);
  }

  private String number(String pattern, @Nullable Double value) {
    return value == null || value.isNaN() ? unknown : String.format(Locale.ROOT, pattern, value);
  }

  /// @param share such as 0.123, shown as `12.3`
  public String percent(@Nullable Double share) {
    return number("%.1f", share == null ? null : Double.valueOf(100 * share));
  }

  /// @param share such as 0.123, shown as `12.3%`
  public String percentSign(@Nullable Double share) {
    String percent = percent(share);
    return percent.equals(unknown) ? percent : percent + "%";
  }

  /// @param difference of shares, such as 0.012, shown as `+1.2`
  public String points(@Nullable Double difference) {
    return number("%+.1f", difference == null ? null : Double.valueOf(100 * difference));
  }

  /// @param low of an interval of shares, such as 0.1; with 0.25 shown as `[10.0, 25.0]`
  public String interval(double low, double high) {
    return "[%s, %s]".formatted(percent(low), percent(high));
  }

  /// The interval of an accuracy; empty where no question was scored.
  public String interval(Estimate accuracy) {
    return accuracy.n() == 0 ? "" : interval(accuracy.low(), accuracy.high());
  }

  public String decimal(@Nullable Double value) {
    return number("%.2f", value);
  }

  /// @param p a p-value
  public String probability(double p) {
    return number("%.4f", p);
  }

  /// Four significant digits.
  public String significant(@Nullable Double value) {
    return number("%.4g", value);
  }

  /// A text, or a dash where it is empty.
  public String text(String text) {
    return text.isEmpty() ? unknown : text;
  }
}
