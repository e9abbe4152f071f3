package dev.refract.harness.gpu;

import org.jspecify.annotations.Nullable;

/// What a GPU says at one instant. What it does not tell, such as the utilization of one that is
/// cut into MIG instances, is null, never zero.
///
/// @param gpu its index
/// @param utilization share of the time in which a kernel ran, 0 to 1
/// @param watts drawn now
/// @param joules since the driver was loaded; the counter moves about every 100 ms
/// @param clockReasons NVML's bits of why clocks are not higher
public record GpuReading(
    int gpu,
    @Nullable Double utilization,
    @Nullable Long memoryBytes,
    @Nullable Double watts,
    @Nullable Double joules,
    @Nullable Integer smClockMhz,
    @Nullable Long clockReasons,
    @Nullable Integer celsius) {

  /// Whether it says anything at all: a GPU that fell off the bus does not.
  boolean isEmpty() {
    return utilization == null
        && memoryBytes == null
        && watts == null
        && joules == null
        && smClockMhz == null
        && clockReasons == null
        && celsius == null;
  }
}
