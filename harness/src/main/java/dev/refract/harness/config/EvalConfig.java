package dev.refract.harness.config;

import dev.refract.manifest.ManifestException;
import dev.refract.manifest.StrictYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What to evaluate: the content of a configuration file, or the same from flags.
///
/// @param datasets ids or folders; relative folders are relative to the working directory
/// @param limit the most images of each dataset, or null for all
public record EvalConfig(
    @Nullable List<String> datasets,
    @Nullable List<ModelSpec> captioners,
    @Nullable ModelSpec answerer,
    @Nullable Integer limit) {

  public EvalConfig {
    if ((datasets != null && datasets.stream().anyMatch(Objects::isNull))
        || (captioners != null && captioners.stream().anyMatch(Objects::isNull))) {
      throw new IllegalArgumentException("an entry of datasets or captioners is empty");
    }
  }

  public static final EvalConfig EMPTY = new EvalConfig(null, null, null, null);

  /// @throws ManifestException naming file and line
  public static EvalConfig read(Path file) {
    try {
      return StrictYaml.read(Files.readAllBytes(file), file.toString(), EvalConfig.class);
    } catch (NoSuchFileException _) {
      throw new ManifestException(file + ": no such file");
    } catch (IOException e) {
      throw new ManifestException(file + ": cannot be read: " + e.getMessage());
    }
  }
}
