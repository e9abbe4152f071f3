package dev.refract.reports.load;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.refract.reports.stats.Percentiles;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The figures of one window. Published formulas: rate = requests completed in the window / window
/// length; latency = from the intended start to the last byte; TTFT = from sending to the first
/// text; TPOT = (last text - first text) / (output tokens - 1).
///
/// @param shape in words
/// @param seconds of the window
/// @param requests that completed in it
/// @param failed requests that ended without a reply
/// @param problems the most common reasons, with their counts
/// @param truncated replies that ended at the token limit
/// @param drift rate of the second half of the window over that of the first; null for an offline
///   load, whose rate drops at its end
/// @param clientCpu share of this machine's processors
public record LoadFigures(
    String shape,
    double seconds,
    int requests,
    int failed,
    Map<String, Integer> problems,
    int truncated,
    @JsonUnwrapped Rates rates,
    @JsonUnwrapped Latencies latencies,
    @Nullable Double drift,
    double clientCpu) {

  /// Per second of the window.
  ///
  /// @param outputTokensPerSecond null where not every reply was counted
  /// @param inputTokensPerSecond null where not every reply was counted
  /// @param imageTokensPerSecond the part of the input that comes from images; null where the
  ///   server does not count it separately
  /// @param goodput requests that met both limits; null without limits
  public record Rates(
      double requestsPerSecond,
      @Nullable Double outputTokensPerSecond,
      @Nullable Double inputTokensPerSecond,
      @Nullable Double imageTokensPerSecond,
      @Nullable Double goodput) {}

  /// @param latency from the intended start to the last byte
  /// @param firstToken TTFT
  /// @param perToken TPOT
  /// @param lag delay of the client in sending
  public record Latencies(Spread latency, Spread firstToken, Spread perToken, Spread lag) {}

  /// Seconds; null where too few were measured.
  public record Spread(
      int n,
      @Nullable Double mean,
      @Nullable Double p50,
      @Nullable Double p90,
      @Nullable Double p95,
      @Nullable Double p99) {

    /// @param seconds one value for each request, in any order
    public static Spread of(double[] seconds) {
      Percentiles percentiles = new Percentiles(seconds);
      return new Spread(
          seconds.length,
          seconds.length == 0 ? null : Double.valueOf(percentiles.mean()),
          percentiles.orNull(0.5),
          percentiles.orNull(0.9),
          percentiles.orNull(0.95),
          percentiles.orNull(0.99));
    }
  }
}
