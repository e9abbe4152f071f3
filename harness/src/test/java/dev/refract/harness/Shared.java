package dev.refract.harness;

import java.nio.file.Files;
import java.nio.file.Path;

/// Real data beside the repository, where somebody has put it; tests that need it are skipped where
/// it is absent.
public final class Shared {

  private Shared() {}

  /// `refract.shared`, else the folder `shared` beside the checkout.
  public static Path folder() {
    String named = System.getProperty("refract.shared");
    if (named != null) {
      return Path.of(named);
    }
    Path at = Path.of("").toAbsolutePath();
    while (at.getParent() != null && !Files.exists(at.resolve("refract"))) {
      at = at.getParent();
    }
    return at.resolveSibling("shared");
  }
}
