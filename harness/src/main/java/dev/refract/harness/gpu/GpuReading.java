package dev.refract.harness.gpu;

import org.jspecify.annotations.Nullable;

/// The readings of a GPU at one instant. Values that the GPU does not report, such as the
/// utilization of a GPU split into MIG instances, are null, never zero.
///
/// @param gpu index of the GPU
/// @param utilization share of the time in which a kernel ran, 0 to 1
/// @param watts current power draw
/// @param joules since the driver was loaded; the counter updates about every 100 ms
/// @param clockReasons NVML's bit mask of the reasons why clocks are not higher
public record GpuReading(
    int gpu,
    @Nullable Double utilization,
    @Nullable Long memoryBytes,
    @Nullable Double watts,
    @Nullable Double joules,
    @Nullable Integer smClockMhz,
    @Nullable Long clockReasons,
    @Nullable Integer celsius) {

  /// Whether the GPU reported no value, as after it fell off the bus.
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
