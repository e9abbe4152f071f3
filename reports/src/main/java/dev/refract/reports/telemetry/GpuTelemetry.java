package dev.refract.reports.telemetry;

import org.jspecify.annotations.Nullable;

/// The state of one GPU at one instant. A value that its driver does not report is null, never
/// zero.
///
/// @param utilization 0 to 1
/// @param joules reading of its energy counter
/// @param clockReasons NVML's bits for the reasons why clocks are not higher
public record GpuTelemetry(
    @Nullable Double utilization,
    @Nullable Long memoryBytes,
    @Nullable Double watts,
    @Nullable Double joules,
    @Nullable Integer smClockMhz,
    @Nullable Long clockReasons,
    @Nullable Integer celsius) {

  static final GpuTelemetry NONE = new GpuTelemetry(null, null, null, null, null, null, null);
}
