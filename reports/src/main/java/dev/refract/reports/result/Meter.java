package dev.refract.reports.result;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/// How fast one stage of a run was. Rates are over the time in which at least one request was in
/// flight.
///
/// @param seconds of that time
/// @param failed requests that gave nothing, after their retries
/// @param truncated replies that ended at the token limit
/// @param inFlight requests in flight, mean over that time
/// @param mostInFlight at once
/// @param saturated share of that time in which at least nine tenths of these were in flight
/// @param latency of the attempts that succeeded, from sending to the last byte
public record Meter(
    int landed,
    int failed,
    int truncated,
    int retried,
    double seconds,
    double perSecond,
    @JsonUnwrapped TokenRates tokens,
    double inFlight,
    int mostInFlight,
    double saturated,
    Latency latency) {

  /// @param inputTokensPerSecond as the server counted them, images included; null where it did not
  ///   count every reply
  /// @param imageTokensPerSecond what of these were images; null where the server does not tell
  /// @param outputTokensPerSecond null where not every reply was counted
  /// @param tokenizer what counted the output of some replies, where the server did not; or null
  public record TokenRates(
      @Nullable Double inputTokensPerSecond,
      @Nullable Double imageTokensPerSecond,
      @Nullable Double outputTokensPerSecond,
      @Nullable String tokenizer) {}

  /// Seconds; a percentile that too few values were measured for is null.
  public record Latency(
      double mean,
      @Nullable Double p50,
      @Nullable Double p90,
      @Nullable Double p95,
      @Nullable Double p99) {}
}
