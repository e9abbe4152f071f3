package dev.refract.reports.result;

import org.jspecify.annotations.Nullable;

/// What somebody said of themselves at one instant of the caption stage: a line of
/// `telemetry.jsonl`. What they do not tell is null, never zero.
///
/// @param millis Unix time in milliseconds
/// @param source `client`, `gpu 0`, `gpu 0 of gpu1` or a server's address
/// @param cpu share of this machine's processors that the client used since its last line
/// @param utilization of a GPU, 0 to 1
/// @param joules of a GPU's energy counter
/// @param clockReasons NVML's bits of why clocks are not higher
/// @param running requests that a server works on; likewise waiting
/// @param cacheUsage share of a server's KV cache, 0 to 1
/// @param inputTokens that a server has read since it started; likewise outputTokens
/// @param cacheQueries tokens looked up in its prefix cache, and how many were there
public record TelemetryRecord(
    long millis,
    String source,
    @Nullable Double cpu,
    @Nullable Double utilization,
    @Nullable Long memoryBytes,
    @Nullable Double watts,
    @Nullable Double joules,
    @Nullable Integer smClockMhz,
    @Nullable Long clockReasons,
    @Nullable Integer celsius,
    @Nullable Double running,
    @Nullable Double waiting,
    @Nullable Double cacheUsage,
    @Nullable Double inputTokens,
    @Nullable Double outputTokens,
    @Nullable Double cacheQueries,
    @Nullable Double cacheHits) {

  public static final String CLIENT = "client";

  private static final String GPU = "gpu ";

  public static TelemetryRecord client(long millis, double cpu) {
    return new TelemetryRecord(
        millis, CLIENT, cpu, null, null, null, null, null, null, null, null, null, null, null, null,
        null, null);
  }

  /// @param gpu its index, and of which machine where that is not the client's own
  public static TelemetryRecord gpu(
      long millis,
      String gpu,
      @Nullable Double utilization,
      @Nullable Long memoryBytes,
      @Nullable Double watts,
      @Nullable Double joules,
      @Nullable Integer smClockMhz,
      @Nullable Long clockReasons,
      @Nullable Integer celsius) {
    return new TelemetryRecord(
        millis,
        GPU + gpu,
        null,
        utilization,
        memoryBytes,
        watts,
        joules,
        smClockMhz,
        clockReasons,
        celsius,
        null,
        null,
        null,
        null,
        null,
        null,
        null);
  }

  /// @param address the server's base URL
  public static TelemetryRecord server(
      long millis,
      String address,
      @Nullable Double running,
      @Nullable Double waiting,
      @Nullable Double cacheUsage,
      @Nullable Double inputTokens,
      @Nullable Double outputTokens,
      @Nullable Double cacheQueries,
      @Nullable Double cacheHits) {
    return new TelemetryRecord(
        millis,
        address,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        null,
        running,
        waiting,
        cacheUsage,
        inputTokens,
        outputTokens,
        cacheQueries,
        cacheHits);
  }

  /// Whether a GPU said it.
  boolean isOfGpu() {
    return source.startsWith(GPU);
  }
}
