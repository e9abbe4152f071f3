package dev.refract.harness.cli.option;

import dev.refract.harness.dataset.store.DatasetStore;
import dev.refract.harness.dataset.store.DatasetStore.Request;
import dev.refract.harness.dataset.store.Datasets;
import dev.refract.harness.os.UserFolders;
import dev.refract.manifest.DatasetCatalog;
import java.io.Console;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Options for the sources of datasets.
public final class DataOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--manifests",
      paramLabel = "FOLDER",
      description =
          "Your own manifests; they add to the bundled ones, or replace one with the same id"
              + " (default: $REFRACT_MANIFESTS, or ~/.config/refract/datasets).")
  private @Nullable Path manifests;

  @Option(
      names = "--source",
      paramLabel = "KIND",
      description =
          "Where to get a benchmark: hub, url or local (default: the first in its manifest).")
  private @Nullable String source;

  @Option(
      names = "--image-root",
      paramLabel = "FOLDER",
      description = "Folder of the images of CapRL's JSON files (default: beside the file).")
  private @Nullable Path imageRoot;

  /// The folder of the user's manifests; it may not exist.
  public Path folder() {
    return manifests == null ? UserFolders.manifests(environment()) : manifests;
  }

  public DatasetCatalog catalog() {
    Path folder = folder();
    return DatasetCatalog.load(manifests != null || Files.isDirectory(folder) ? folder : null);
  }

  public DatasetStore store() {
    return new DatasetStore(
        UserFolders.cache(environment()), environment(), System.err, onTerminal());
  }

  public Datasets datasets(DatasetCatalog catalog, @Nullable Path configured) {
    return new Datasets(catalog, store(), imageRoot == null ? configured : imageRoot);
  }

  public Request request(boolean refresh) {
    return new Request(source, refresh);
  }

  private Map<String, String> environment() {
    return ((HasEnvironment) command.root().userObject()).environment();
  }

  @SuppressWarnings("SystemConsoleNull") // null without a console provider
  public static boolean onTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }
}
