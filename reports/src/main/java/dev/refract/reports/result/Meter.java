package dev.refract.reports.result;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/// The speed of one stage of a run. Rates cover the time during which at least one request was in
/// flight.
///
/// @param seconds of that time
/// @param failed requests without a reply after all retries
/// @param truncated replies that ended at the token limit
/// @param inFlight mean number of requests in flight over that time
/// @param mostInFlight maximum number of requests in flight
/// @param saturated share of that time with at least nine tenths of the maximum in flight
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

  /// @param inputTokensPerSecond as counted by the server, images included; null where it did not
  ///   count every reply
  /// @param imageTokensPerSecond the part of the input that comes from images; null where the
  ///   server does not report it
  /// @param outputTokensPerSecond null where not every reply was counted
  /// @param tokenizer what counted the output of replies that the server did not count; or null
  public record TokenRates(
      @Nullable Double inputTokensPerSecond,
      @Nullable Double imageTokensPerSecond,
      @Nullable Double outputTokensPerSecond,
      @Nullable String tokenizer) {}

  /// Seconds; a percentile with too few values is null.
  public record Latency(
      double mean,
      @Nullable Double p50,
      @Nullable Double p90,
      @Nullable Double p95,
      @Nullable Double p99) {}
}
