package dev.refract.reports.load;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.refract.reports.telemetry.Hardware;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One shape of load with its windows.
///
/// @param shape in words
/// @param verdict `VALID`, or why the figures may not be published
/// @param requestsPerSecond mean over the windows
/// @param spread standard deviation of the requests per second between windows; 0 with one window
/// @param hardware telemetry during the load, or null
public record LoadStep(
    String shape,
    String verdict,
    double requestsPerSecond,
    double spread,
    @Nullable Hardware hardware,
    List<LoadFigures> windows) {

  public static LoadStep of(
      String shape, Validity validity, @Nullable Hardware hardware, List<LoadFigures> windows) {
    double mean =
        windows.stream()
            .mapToDouble(window -> window.rates().requestsPerSecond())
            .average()
            .orElse(0);
    double squares =
        windows.stream()
            .mapToDouble(w ->
                (w.rates().requestsPerSecond() - mean) * (w.rates().requestsPerSecond() - mean))
            .sum();
    return new LoadStep(
        shape,
        validity.words(),
        mean,
        Math.sqrt(squares / Math.max(1, windows.size() - 1)),
        hardware,
        windows);
  }

  @JsonIgnore
  public boolean isValid() {
    return verdict.equals(Validity.VALID.words());
  }
}
