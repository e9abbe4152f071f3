package dev.refract.reports.load;

import dev.refract.reports.stats.Percentiles;
import dev.refract.reports.telemetry.Hardware;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whether figures may be published, in the spirit of MLPerf Inference's rules, and if not, all
/// reasons.
///
/// @param reasons why the figures are invalid; empty when they are valid
public record Validity(List<String> reasons) {

  static final Validity VALID = new Validity(List.of());

  private static final double MIN_SECONDS = 60;
  private static final double MAX_FAILED_SHARE = 0.01;
  private static final double MAX_CPU_SHARE = 0.7;
  private static final double MAX_DRIFT = 0.1;
  private static final double WARM_SHARE = 0.5;

  public boolean isValid() {
    return reasons.isEmpty();
  }

  /// Such as `VALID`, or `INVALID: shorter than 60 s`.
  public String words() {
    return isValid() ? "VALID" : "INVALID: " + String.join("; ", reasons);
  }

  /// @param windows of one shape; one invalid window makes them all invalid
  /// @param repeated requests whose image had been sent before
  /// @param hardware telemetry during the load, or null
  public static Validity of(List<LoadFigures> windows, int repeated, @Nullable Hardware hardware) {
    Set<String> reasons = new LinkedHashSet<>();
    if (windows.isEmpty()) {
      reasons.add("stopped");
    }
    windows.forEach(window -> add(reasons, window));
    if (repeated > 0) {
      reasons.add(text("cache-warm: %d requests repeat an image", repeated));
    }
    if (hardware != null) {
      if (hardware.cacheHits() != null && hardware.cacheHits() > WARM_SHARE) {
        reasons.add(text("cache-warm: prefix cache hits %.0f %%", 100 * hardware.cacheHits()));
      }
      if (!hardware.clockReasons().isEmpty()) {
        reasons.add("clocks held back by " + String.join(", ", hardware.clockReasons()));
      }
    }
    return new Validity(List.copyOf(reasons));
  }

  private static void add(Set<String> reasons, LoadFigures figures) {
    int needed = Percentiles.needed(0.99);
    if (figures.seconds() < MIN_SECONDS) {
      reasons.add(text("the window lasts %.0f s, at least 60 are needed", figures.seconds()));
    }
    if (figures.requests() < needed) {
      reasons.add(text("%d requests, a p99 needs %d", figures.requests(), needed));
    }
    int all = figures.requests() + figures.failed();
    if (figures.failed() > MAX_FAILED_SHARE * all) {
      reasons.add(text("%d of %d requests failed", figures.failed(), all));
    }
    if (figures.clientCpu() > MAX_CPU_SHARE) {
      reasons.add(
          text(
              "the client used %.0f %% of this machine's processors, so it may be the bottleneck",
              100 * figures.clientCpu()));
    }
    if (figures.drift() != null && Math.abs(figures.drift() - 1) > MAX_DRIFT) {
      reasons.add(text("the rate drifted: second half / first half = %.2f", figures.drift()));
    }
  }

  @SuppressWarnings("AnnotateFormatMethod") // its callers are on this page
  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
