package dev.refract.harness.model;

import dev.refract.harness.fetch.ByteProgress;
import dev.refract.harness.fetch.Download;
import dev.refract.harness.fetch.Hub;
import dev.refract.harness.fetch.Hub.HubFile;
import dev.refract.manifest.ManifestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// GGUF files that a user names: on this machine, or in a repository of the hub.
///
/// @param models whose cache holds the digests of files, and whose log shows downloads
/// @param environment where `HF_ENDPOINT`, `HF_TOKEN` and `HF_HOME` are looked up
public record GgufFiles(ModelStore models, Map<String, String> environment) {

  private static final String HUB = "hub:";
  private static final byte[] MAGIC = {'G', 'G', 'U', 'F'};

  /// @param name without its folder
  /// @param digest SHA-256 of the file
  public record Weights(Path file, String name, String digest) {}

  /// @param key for messages
  /// @param text a path, or `hub:OWNER/NAME/FILE`
  /// @throws ModelUnavailableException when the file is missing, or not a GGUF file
  public Weights weights(String key, @Nullable String text) throws InterruptedException {
    if (text == null || text.isBlank()) {
      throw new ManifestException(
          key + ": expected a GGUF file, or hub:OWNER/NAME/FILE of the Hugging Face hub");
    }
    Path file = text.startsWith(HUB) ? fetched(key, text.substring(HUB.length())) : Path.of(text);
    try {
      if (!Files.isRegularFile(file)) {
        throw new ModelUnavailableException(
            "%s: %s is not a file".formatted(key, file.toAbsolutePath()));
      } else if (!Arrays.equals(start(file), MAGIC)) {
        throw new ModelUnavailableException(
            "%s: %s is not a GGUF file: it does not begin with 'GGUF'".formatted(key, file));
      }
      return new Weights(file, Objects.requireNonNull(file.getFileName()).toString(), digest(file));
    } catch (IOException e) {
      throw new ModelUnavailableException("%s: %s cannot be read: %s".formatted(key, file, e));
    }
  }

  private static byte[] start(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return in.readNBytes(MAGIC.length);
    }
  }

  private String digest(Path file) throws IOException {
    return new CheckpointDigest(models.folder().resolveSibling("digests")).of(file, _ -> {});
  }

  private Path fetched(String key, String place) throws InterruptedException {
    String[] parts = place.split("/", 3);
    if (parts.length < 3 || parts[2].isBlank()) {
      throw new ManifestException(
          "%s: expected hub:OWNER/NAME/FILE, found '%s%s'".formatted(key, HUB, place));
    }
    String repository = parts[0] + "/" + parts[1];
    try (Download download = new Download();
        ByteProgress progress = new ByteProgress(models.log(), false, parts[2])) {
      Hub hub = new Hub(download, environment).models();
      String commit = hub.commit(repository, "main");
      HubFile file =
          hub.files(repository, commit).stream()
              .filter(one -> one.path().equals(parts[2]))
              .findFirst()
              .orElseThrow(
                  () -> new IOException("the repository has no file '%s'".formatted(parts[2])));
      progress.expect(file.size());
      return hub.fetch(repository, "main", commit, file, progress);
    } catch (IOException e) {
      throw new ModelUnavailableException(
          "%s: hub:%s cannot be fetched: %s".formatted(key, place, e.getMessage()));
    }
  }
}
