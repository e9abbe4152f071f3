package dev.refract.harness.load;

import dev.refract.reports.result.Hardware;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One shape of load with its windows.
///
/// @param shape in words
/// @param hardware what machines told meanwhile, or null
public record LoadStep(
    String shape, List<LoadFigures> windows, @Nullable Hardware hardware, Validity validity) {

  /// Requests a second, mean over the windows.
  public double rate() {
    return windows.stream().mapToDouble(LoadFigures::requestsPerSecond).average().orElse(0);
  }

  /// Standard deviation of the same; 0 of one window.
  public double spread() {
    double mean = rate();
    double squares =
        windows.stream()
            .mapToDouble(w -> (w.requestsPerSecond() - mean) * (w.requestsPerSecond() - mean))
            .sum();
    return Math.sqrt(squares / Math.max(1, windows.size() - 1));
  }
}
