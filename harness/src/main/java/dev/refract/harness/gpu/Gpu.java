package dev.refract.harness.gpu;

import org.jspecify.annotations.Nullable;

/// A GPU of this machine. What its driver does not tell is null, never zero.
///
/// @param index as the driver counts
/// @param memoryBytes of it in all
/// @param limitWatts its enforced power limit
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
