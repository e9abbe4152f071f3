package dev.refract.harness.fetch;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The hub's cache in the layout of its Python library: `blobs/` by checksum, and `snapshots/` by
/// commit, whose files are links to the blobs. refract and the Python library find each other's
/// files.
///
/// @param home Hugging Face's home folder
/// @param folder of the repositories
/// @param kind of the repositories
record HubCache(Path home, Path folder, Hub.Kind kind) {

  static HubCache of(Map<String, String> environment) {
    String xdg = Hub.given(environment, "XDG_CACHE_HOME", "");
    String user = Hub.given(environment, "HOME", System.getProperty("user.home"));
    Path caches = xdg.isEmpty() ? Path.of(user, ".cache") : Path.of(xdg);
    Path home =
        Path.of(Hub.given(environment, "HF_HOME", caches.resolve("huggingface").toString()));
    return new HubCache(
        home,
        Path.of(Hub.given(environment, "HF_HUB_CACHE", home.resolve("hub").toString())),
        Hub.Kind.DATASETS);
  }

  HubCache of(Hub.Kind other) {
    return new HubCache(home, folder, other);
  }

  /// The token that `huggingface-cli login` has saved, or null.
  @Nullable String savedToken() {
    try {
      String token = Files.readString(home.resolve("token")).strip();
      return token.isEmpty() ? null : token;
    } catch (IOException _) {
      return null;
    }
  }

  private Path repository(String name) {
    return folder.resolve(kind.id() + "--" + name.replace("/", "--"));
  }

  Path snapshot(String repository, String commit, String path) {
    return repository(repository).resolve("snapshots").resolve(commit).resolve(path);
  }

  Path blob(String repository, String checksum) {
    return repository(repository).resolve("blobs").resolve(checksum);
  }

  void link(Path snapshot, Path blob) throws IOException {
    Path folder = Objects.requireNonNull(snapshot.getParent());
    Files.createDirectories(folder);
    Files.deleteIfExists(snapshot); // a link to a damaged blob
    try {
      Files.createSymbolicLink(snapshot, folder.relativize(blob));
    } catch (FileAlreadyExistsException _) {
      // another process has created the same link
    } catch (UnsupportedOperationException | IOException _) {
      Files.move(blob, snapshot, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /// Records which commit a branch pointed to.
  void note(String repository, String revision, String commit) throws IOException {
    if (!revision.equals(commit)) {
      Path ref = repository(repository).resolve("refs").resolve(revision);
      Files.createDirectories(ref.getParent());
      Files.writeString(ref, commit);
    }
  }
}
