package dev.refract.harness.gpu;

import org.jspecify.annotations.Nullable;

/// A GPU of this machine. Values that the driver does not report are null, never zero.
///
/// @param index in the driver's order
/// @param memoryBytes total memory
/// @param limitWatts enforced power limit
public record Gpu(
    int index,
    String name,
    @Nullable String uuid,
    @Nullable Long memoryBytes,
    @Nullable Double limitWatts) {

  /// Such as `NVIDIA H100 80GB HBM3, 79.6 GiB, 700 W`.
  public String words() {
    StringBuilder words = new StringBuilder(name);
    if (memoryBytes != null) {
      words.append(", %.1f GiB".formatted(memoryBytes / (double) (1L << 30)));
    }
    if (limitWatts != null) {
      words.append(", %.0f W".formatted(limitWatts));
    }
    return words.toString();
  }
}
