package dev.refract.harness.config;

import dev.refract.harness.dataset.Dataset.OnBad;
import dev.refract.manifest.ManifestException;
import dev.refract.manifest.StrictYaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What to evaluate: the content of a configuration file, or the same from flags.
///
/// @param datasets ids, folders, manifests or files of CapRL's; relative to the working directory
/// @param suites ids of suites, whose datasets are added
/// @param limit the most images of each dataset, or null for all
/// @param sample how many images of each dataset are drawn, or null for all
/// @param seed of the draw
/// @param filter accepted values by `group`, `category` or `metric`
/// @param ids a file of question ids, one a line
/// @param onBadSample `fail` or `skip`
/// @param imageRoot where the images of CapRL's files lie
public record EvalConfig(
    @Nullable List<String> datasets,
    @Nullable List<String> suites,
    @Nullable List<ModelSpec> captioners,
    @Nullable ModelSpec answerer,
    @Nullable Integer limit,
    @Nullable Integer sample,
    @Nullable Long seed,
    @Nullable Map<String, Set<String>> filter,
    @Nullable Path ids,
    @Nullable OnBad onBadSample,
    @Nullable Path imageRoot) {

  public EvalConfig {
    if ((datasets != null && datasets.stream().anyMatch(Objects::isNull))
        || (suites != null && suites.stream().anyMatch(Objects::isNull))
        || (captioners != null && captioners.stream().anyMatch(Objects::isNull))) {
      throw new IllegalArgumentException("an entry of datasets, suites or captioners is empty");
    }
  }

  public static final EvalConfig EMPTY =
      new EvalConfig(null, null, null, null, null, null, null, null, null, null, null);

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
