package dev.refract.harness.os;

import java.nio.file.Path;
import java.util.Map;

/// The folders of this user.
public final class UserFolders {

  private UserFolders() {}

  /// The cache folder: `REFRACT_CACHE`, else `refract` under `XDG_CACHE_HOME` or `~/.cache`.
  public static Path cache(Map<String, String> environment) {
    return folder(environment, "REFRACT_CACHE", "XDG_CACHE_HOME", ".cache");
  }

  /// The folder of the user's own manifests: `REFRACT_MANIFESTS`, else `refract/datasets` under
  /// `XDG_CONFIG_HOME` or `~/.config`.
  public static Path manifests(Map<String, String> environment) {
    String own = environment.get("REFRACT_MANIFESTS");
    return own != null && !own.isBlank()
        ? Path.of(own)
        : folder(environment, "", "XDG_CONFIG_HOME", ".config").resolve("datasets");
  }

  private static Path folder(
      Map<String, String> environment, String ownName, String xdgName, String usual) {
    String own = environment.get(ownName);
    if (own != null && !own.isBlank()) {
      return Path.of(own);
    }
    String xdg = environment.get(xdgName);
    Path base =
        xdg != null && Path.of(xdg).isAbsolute()
            ? Path.of(xdg)
            : Path.of(System.getProperty("user.home"), usual);
    return base.resolve("refract");
  }
}
