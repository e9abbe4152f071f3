package dev.refract.harness.cli.option;

import dev.refract.manifest.ManifestException;
import dev.refract.reports.compare.BaselineStore;
import dev.refract.reports.compare.RunData;
import dev.refract.reports.result.RunFile;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Options for named baselines; finds runs by folder or by baseline name.
public final class BaselineOptions {

  @Option(
      names = "--store",
      paramLabel = "FILE",
      defaultValue = "refract-baselines.json",
      description = "The file of baselines (default: ${DEFAULT-VALUE}).")
  private Path store = Path.of("refract-baselines.json");

  public BaselineStore store() {
    return new BaselineStore(store);
  }

  /// @param name name of a baseline, or folder of a run
  public RunData run(String name) {
    Optional<RunFile> named = store().find(name);
    return RunData.read(named.isPresent() ? named.get() : RunFile.finished(existing(name)));
  }

  /// The folder of a run that is named by a baseline or by its folder; empty for neither.
  public Optional<Path> folder(String name) {
    return store()
        .folder(name)
        .or(() -> isFolder(name) ? Optional.of(Path.of(name)) : Optional.empty());
  }

  private static boolean isFolder(String name) {
    try {
      return Files.isDirectory(Path.of(name));
    } catch (InvalidPathException _) {
      return false;
    }
  }

  private Path existing(String name) {
    if (isFolder(name)) {
      return Path.of(name);
    }
    throw new ManifestException(
        "'%s' is neither a run's folder nor a baseline in %s%s"
            .formatted(
                name,
                store,
                store().all().isEmpty()
                    ? ""
                    : "; baselines: " + String.join(", ", store().all().keySet())));
  }
}
