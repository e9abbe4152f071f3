package dev.refract.harness.config;

import dev.refract.manifest.ManifestException;
import org.jspecify.annotations.Nullable;

/// Checks of the numbers in a user's settings.
final class Numbers {

  private Numbers() {}

  /// The value, or another where the user gave none.
  ///
  /// @throws ManifestException when it is below `least` or above `most`
  static double within(
      String name, @Nullable Double value, double otherwise, double least, double most) {
    if (value != null && !(value >= least && value <= most)) {
      throw new ManifestException(
          "%s: expected %s to %s, found %s".formatted(name, least, most, value));
    }
    return value == null ? otherwise : value;
  }

  /// The value, or another where the user gave none.
  ///
  /// @throws ManifestException when it is below 1
  static long positive(String name, @Nullable Number value, long otherwise) {
    if (value != null && value.longValue() < 1) {
      throw new ManifestException("%s: expected at least 1, found %s".formatted(name, value));
    }
    return value == null ? otherwise : value.longValue();
  }
}
