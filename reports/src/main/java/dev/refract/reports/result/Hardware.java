package dev.refract.reports.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the caption stage cost the machines that told of themselves. What nobody told is null.
///
/// @param clientCpu share of the client's processors that it used itself, 0 to 1
/// @param gpus that were asked, of the client's machine and, by NVIDIA's exporter, of the servers'
/// @param joules by the GPUs' energy counters; null where one has none
/// @param integratedJoules by their power, summed up over time
/// @param joulesPerCaption by the counters, else by the power
/// @param watts of all together, mean
/// @param utilization mean over GPUs and time
/// @param clockReasons why clocks were not higher, in NVML's words
/// @param serverInputTokens that servers say they read meanwhile; likewise serverOutputTokens
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
