package dev.refract.harness.dataset.store;

import dev.refract.harness.dataset.DatasetException;
import dev.refract.harness.dataset.store.Receipt.FetchedFile;
import dev.refract.harness.fetch.ByteProgress;
import dev.refract.harness.fetch.Checksum;
import dev.refract.harness.fetch.Download;
import dev.refract.harness.fetch.Download.Wanted;
import dev.refract.harness.fetch.Hub;
import dev.refract.harness.fetch.Hub.HubFile;
import dev.refract.manifest.DatasetCatalog.Entry;
import dev.refract.manifest.DatasetLock;
import dev.refract.manifest.DatasetLock.LockedFile;
import dev.refract.manifest.DatasetSource;
import dev.refract.manifest.DatasetSource.Local;
import dev.refract.manifest.DatasetSource.Url;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Fetches the files of a dataset's source, verifies each, and compares them with the lock if there
/// is one.
final class Fetcher {

  private final Path folder;
  private final Map<String, String> environment;
  private final PrintStream log;
  private final boolean terminal;

  /// @param folder the dataset's folder in the cache
  Fetcher(Path folder, Map<String, String> environment, PrintStream log, boolean terminal) {
    this.folder = folder;
    this.environment = environment;
    this.log = log;
    this.terminal = terminal;
  }

  /// @throws DatasetException when the source differs from the lock; the message names what differs
  Receipt fetch(Entry entry, DatasetSource source) throws IOException, InterruptedException {
    DatasetLock lock = entry.lock();
    DatasetLock held = lock != null && lock.source().equals(source.place().kind()) ? lock : null;
    try (Download download = new Download();
        ByteProgress progress = new ByteProgress(log, terminal, entry.manifest().id())) {
      Receipt receipt =
          switch (source.place()) {
            case DatasetSource.Hub hub -> hub(entry, source, hub, held, download, progress);
            case Url url -> url(entry, source, url, held, download, progress);
            case Local local -> local(entry, source, local);
          };
      if (held != null) {
        check(entry, held, receipt);
      }
      return receipt;
    }
  }

  private Receipt hub(
      Entry entry,
      DatasetSource source,
      DatasetSource.Hub place,
      @Nullable DatasetLock lock,
      Download download,
      ByteProgress progress)
      throws IOException, InterruptedException {
    Hub hub = new Hub(download, environment);
    String revision =
        lock != null && lock.revision() != null ? lock.revision() : place.revisionOrMain();
    String commit = hub.commit(place.repository(), revision);
    List<HubFile> there = hub.files(place.repository(), commit);
    List<String> patterns = new ArrayList<>(place.files());
    if (source.imageArchive() != null) {
      patterns.add(source.imageArchive());
    }
    List<HubFile> wanted = new ArrayList<>();
    for (String pattern : patterns) {
      List<HubFile> matching = there.stream().filter(f -> matches(pattern, f.path())).toList();
      if (matching.isEmpty()) {
        throw new DatasetException(
            "%s at %s has no file '%s'; available: %s"
                .formatted(
                    place.repository(),
                    commit,
                    pattern,
                    there.stream().map(HubFile::path).limit(20).toList()));
      }
      matching.stream().filter(f -> !wanted.contains(f)).forEach(wanted::add);
    }
    if (lock != null) {
      differing(entry, lock, wanted);
    }
    progress.expect(wanted.stream().mapToLong(HubFile::size).sum());
    List<FetchedFile> files = new ArrayList<>();
    for (HubFile file : wanted) {
      Path at = hub.fetch(place.repository(), revision, commit, file, progress);
      progress.settle();
      String sha256 =
          file.checksum().kind() == Checksum.Kind.SHA256
              ? file.checksum().hex()
              : Checksum.Kind.SHA256.of(at).hex();
      files.add(FetchedFile.of(file.path(), at, sha256));
    }
    return new Receipt("hub", place.repository(), wanted(source), commit, files);
  }

  /// Compares the sizes and checksums that the hub reports with the lock, before any download.
  private static void differing(Entry entry, DatasetLock lock, List<HubFile> wanted) {
    List<String> changes = new ArrayList<>();
    for (HubFile file : wanted) {
      lock.files().stream()
          .filter(locked -> locked.path().equals(file.path()))
          .filter(locked ->
              locked.size() != file.size()
                  || (file.checksum().kind() == Checksum.Kind.SHA256
                      && !file.checksum().hex().equals(locked.sha256())))
          .forEach(locked ->
              changes.add(
                  "%s: locked to %d bytes, sha256:%s; the hub has %d bytes, %s"
                      .formatted(
                          file.path(),
                          locked.size(),
                          locked.sha256(),
                          file.size(),
                          file.checksum())));
    }
    refuse(entry, changes);
  }

  private Receipt url(
      Entry entry,
      DatasetSource source,
      Url url,
      @Nullable DatasetLock lock,
      Download download,
      ByteProgress progress)
      throws IOException, InterruptedException {
    Checksum checksum = null;
    if (url.sha256() != null) {
      checksum = Checksum.sha256(url.sha256());
    } else if (url.md5() != null) {
      checksum = new Checksum(Checksum.Kind.MD5, url.md5());
    } else if (lock != null) {
      checksum = Checksum.sha256(lock.files().getFirst().sha256());
    }
    Path target = folder.resolve("files").resolve(url.fileName());
    String shared = environment.get("LMUData"); // VLMEvalKit's download folder
    if (shared != null && checksum != null) {
      Path theirs = Path.of(shared, url.fileName());
      target = Files.isRegularFile(theirs) && checksum.matches(theirs) ? theirs : target;
    }
    if (checksum == null) {
      Files.deleteIfExists(target); // without a checksum an old file may be outdated
    }
    Checksum found =
        download.fetch(
            new Wanted(URI.create(url.address()), null, -1, checksum, entry.manifest().id()),
            target,
            progress);
    String sha256 =
        found.kind() == Checksum.Kind.SHA256 ? found.hex() : Checksum.Kind.SHA256.of(target).hex();
    return new Receipt(
        "url",
        url.address(),
        wanted(source),
        null,
        List.of(FetchedFile.of(url.fileName(), target, sha256)));
  }

  /// The folder to which local paths are relative.
  static Path base(Entry entry) {
    return entry.folder() == null ? Path.of("").toAbsolutePath() : entry.folder();
  }

  /// The files or checksums that a source asks for, as one text; when it changes, the dataset is
  /// fetched again.
  static String wanted(DatasetSource source) {
    String archive = source.imageArchive() == null ? "" : " " + source.imageArchive();
    return switch (source.place()) {
      case DatasetSource.Hub hub ->
          hub.revisionOrMain() + ": " + String.join(" ", hub.files()) + archive;
      case Url url -> "md5 " + url.md5() + ", sha256 " + url.sha256();
      case Local local -> String.join(" ", local.files()) + archive;
    };
  }

  private static Receipt local(Entry entry, DatasetSource source, Local local) throws IOException {
    Path base = base(entry);
    List<String> names = new ArrayList<>(local.files());
    if (source.imageArchive() != null) {
      names.add(source.imageArchive());
    }
    List<FetchedFile> files = new ArrayList<>();
    for (String name : names) {
      Path file = base.resolve(name);
      if (!Files.isRegularFile(file)) {
        throw new DatasetException(
            "dataset '%s': no file %s".formatted(entry.manifest().id(), file));
      }
      files.add(FetchedFile.of(name, file, Checksum.Kind.SHA256.of(file).hex()));
    }
    return new Receipt("local", base.toString(), wanted(source), null, files);
  }

  private static void check(Entry entry, DatasetLock lock, Receipt receipt) {
    List<String> changes = new ArrayList<>();
    for (LockedFile locked : lock.files()) {
      FetchedFile found =
          receipt.files().stream()
              .filter(f -> f.path().equals(locked.path()))
              .findFirst()
              .orElse(null);
      if (found == null) {
        changes.add(locked.path() + ": locked, but no longer there");
      } else if (!found.sha256().equals(locked.sha256())) {
        changes.add(
            "%s: locked to %d bytes, sha256:%s; found %d bytes, sha256:%s"
                .formatted(
                    locked.path(), locked.size(), locked.sha256(), found.size(), found.sha256()));
      }
    }
    refuse(entry, changes);
  }

  private static void refuse(Entry entry, List<String> changes) {
    if (!changes.isEmpty()) {
      throw new DatasetException(
          "dataset '%s' differs from its lock:\n  %s\n  If the change is intended, lock it again: refract datasets lock %s --refresh"
              .formatted(
                  entry.manifest().id(), String.join("\n  ", changes), entry.manifest().id()));
    }
  }

  /// Whether a path matches a pattern in which `*` matches any characters except `/`.
  static boolean matches(String pattern, String path) {
    StringBuilder regex = new StringBuilder();
    for (String part : pattern.split("\\*", -1)) {
      regex.append(regex.isEmpty() ? "" : "[^/]*").append(Pattern.quote(part));
    }
    return path.matches(regex.toString());
  }
}
