package dev.refract.reports.telemetry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Hardware use of the caption stage, from telemetry. Unknown values are null.
///
/// @param clientCpu share of the client machine's processors that the client itself used, 0 to 1
/// @param gpus number of GPUs with readings: those of the client's machine and, through NVIDIA's
///   exporter, of the servers'
/// @param joules from the GPUs' energy counters; null where a GPU has none
/// @param integratedJoules from the GPUs' power, integrated over time
/// @param joulesPerCaption from the counters, else from the power
/// @param watts mean power of all GPUs together
/// @param utilization mean over GPUs and time
/// @param clockReasons reasons why clocks were not higher, in NVML's words
/// @param serverInputTokens tokens that the servers read during the stage, by their own count
/// @param serverOutputTokens tokens that they wrote, by their own count
/// @param cacheHits share of looked-up tokens that were in the servers' prefix caches
public record Hardware(
    @Nullable Double clientCpu,
    int gpus,
    @Nullable Double joules,
    @Nullable Double integratedJoules,
    @Nullable Double joulesPerCaption,
    @Nullable Double watts,
    @Nullable Double utilization,
    List<String> clockReasons,
    @Nullable Double serverInputTokens,
    @Nullable Double serverOutputTokens,
    @Nullable Double cacheHits) {}
