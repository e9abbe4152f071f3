package dev.refract.manifest;

import java.nio.file.Path;
import java.util.List;

/// The bundled protocols, and the user's own by file path.
public final class ProtocolCatalog {

  /// The default protocol of a run.
  public static final String DEFAULT = "short-answer";

  private static final List<String> IDS =
      List.of(DEFAULT, "caprl", "caprl-strict", "prism-2024", "prism-2024-query", "captionqa");

  private ProtocolCatalog() {}

  public static List<String> ids() {
    return IDS;
  }

  /// @param name an id, or the path of a YAML file
  /// @throws ManifestException when the id is unknown, naming the nearest one, or the file is
  ///   invalid, naming file, line and problem
  public static Protocol get(String name) {
    if (IDS.contains(name)) {
      return Bundled.read(path(name), Protocol.class);
    } else if (name.matches("(?i).*\\.ya?ml")) {
      Protocol own = StrictYaml.read(Bundled.file(Path.of(name)), name, Protocol.class);
      if (IDS.contains(own.id())) {
        throw new ManifestException(
            "%s: 'id' is '%s', which is the id of a bundled protocol; choose another"
                .formatted(name, own.id()));
      }
      return own;
    }
    throw new ManifestException(
        "protocol '%s' is unknown%s (known: %s, or the path of a .yaml file)"
            .formatted(name, StrictYaml.didYouMean(IDS, name), String.join(", ", IDS)));
  }

  /// The YAML text of a bundled protocol.
  public static String text(String id) {
    return Bundled.text(path(id) + ".yaml");
  }

  private static String path(String id) {
    return "/protocols/" + id;
  }
}
