package dev.refract.harness.dataset.store;

import dev.refract.harness.dataset.Dataset;
import dev.refract.harness.dataset.DatasetException;
import dev.refract.harness.dataset.Question;
import dev.refract.harness.dataset.Sample;
import dev.refract.harness.dataset.read.ImageRoot;
import dev.refract.harness.dataset.read.ImageStore;
import dev.refract.harness.dataset.read.Reading;
import dev.refract.harness.dataset.store.Receipt.FetchedFile;
import dev.refract.manifest.DatasetCatalog;
import dev.refract.manifest.DatasetCatalog.Entry;
import dev.refract.manifest.DatasetLock;
import dev.refract.manifest.DatasetLock.LockedFile;
import dev.refract.manifest.DatasetManifest;
import dev.refract.manifest.DatasetManifest.Expected;
import dev.refract.manifest.DatasetSource;
import dev.refract.manifest.DatasetSource.Local;
import dev.refract.reports.file.RunJson;
import dev.refract.reports.file.Sha256;
import dev.refract.reports.result.RunRecord;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Benchmarks on this machine: fetched from their source when missing, read once, and then opened
/// from an index.
public final class DatasetStore {

  private final Path cache;
  private final Map<String, String> environment;
  private final PrintStream log;
  private final boolean terminal;

  /// @param cache the user's cache folder
  /// @param environment variables, of which `HF_ENDPOINT`, `HF_TOKEN`, `HF_HOME` and `LMUData` are
  ///   read
  /// @param log stream for progress messages
  /// @param terminal whether lines of the log can be rewritten
  public DatasetStore(
      Path cache, Map<String, String> environment, PrintStream log, boolean terminal) {
    this.cache = cache;
    this.environment = environment;
    this.log = log;
    this.terminal = terminal;
  }

  /// Which source to use, and whether to refresh it.
  ///
  /// @param source `hub`, `url` or `local`, or null for the manifest's first source
  /// @param refresh whether to check the source again although files are already here
  public record Request(@Nullable String source, boolean refresh) {

    public static final Request USUAL = new Request(null, false);
  }

  /// Whether the files of the source are here, judged by names, sizes and modification times.
  public boolean has(Entry entry, Request request) {
    DatasetSource source = source(entry.manifest(), request.source);
    return Receipt.read(receiptFile(entry, source))
        .filter(receipt -> isOfSource(entry, receipt, source) && receipt.changes(false).isEmpty())
        .isPresent();
  }

  /// Whether the files of any source are here.
  public boolean has(Entry entry) {
    return entry.manifest().sources().stream()
        .anyMatch(source -> has(entry, new Request(source.place().kind(), false)));
  }

  /// Fetches the files unless they are already here.
  ///
  /// @throws DatasetException when the files here differ from those that were fetched, or the files
  ///   of the source differ from the lock
  /// @throws dev.refract.harness.fetch.FetchException when the download fails
  public Receipt fetch(Entry entry, Request request) throws IOException, InterruptedException {
    DatasetSource source = source(entry.manifest(), request.source);
    Path file = receiptFile(entry, source);
    Optional<Receipt> known = request.refresh ? Optional.empty() : Receipt.read(file);
    if (known.isPresent()
        && isOfSource(entry, known.get(), source)
        && isLocked(entry, known.get())) {
      List<String> changes = known.get().changes(false);
      if (changes.isEmpty()) {
        return known.get();
      } else if (!(source.place() instanceof Local)
          && known.get().files().stream().allMatch(fetched -> Files.exists(fetched.at()))) {
        throw new DatasetException(
            "dataset '%s' has changed since it was fetched:\n  %s\n  Fetch it again: refract datasets fetch %s --refresh"
                .formatted(
                    entry.manifest().id(), String.join("\n  ", changes), entry.manifest().id()));
      }
    }
    Receipt receipt = new Fetcher(folder(entry), environment, log, terminal).fetch(entry, source);
    receipt.write(file);
    return receipt;
  }

  /// Whether the receipt matches the source that the manifest names now.
  private static boolean isOfSource(Entry entry, Receipt receipt, DatasetSource source) {
    String place =
        switch (source.place()) {
          case DatasetSource.Hub hub -> hub.repository();
          case DatasetSource.Url url -> url.address();
          case Local _ -> Fetcher.base(entry).toString();
        };
    return receipt.place().equals(place) && receipt.wanted().equals(Fetcher.wanted(source));
  }

  /// Whether the fetched files match the lock. If not, they are fetched again, and a difference is
  /// reported then.
  private static boolean isLocked(Entry entry, Receipt receipt) {
    DatasetLock lock = entry.lock();
    return lock == null
        || !lock.source().equals(receipt.source())
        || lock.files().stream()
            .allMatch(locked ->
                receipt.files().stream()
                    .anyMatch(
                        f -> f.path().equals(locked.path()) && f.sha256().equals(locked.sha256())));
  }

  /// Reads every file again and compares it with the receipt and the lock.
  ///
  /// @return descriptions of the differences; empty when there are none
  /// @throws DatasetException when the dataset has not been fetched
  public List<String> verify(Entry entry, Request request) {
    DatasetSource source = source(entry.manifest(), request.source);
    Receipt receipt =
        Receipt.read(receiptFile(entry, source))
            .filter(known -> isOfSource(entry, known, source))
            .orElseThrow(() ->
                new DatasetException(
                    "dataset '%s' has not been fetched: refract datasets fetch %s"
                        .formatted(entry.manifest().id(), entry.manifest().id())));
    List<String> changes = new ArrayList<>(receipt.changes(true));
    if (!isLocked(entry, receipt)) {
      changes.add("the files differ from the lock");
    }
    return changes;
  }

  /// Writes a lock file: every later fetch must give exactly these files.
  ///
  /// @param folder the user's manifest folder
  /// @return the lock file
  public Path lock(Entry entry, Receipt receipt, Path folder) throws IOException {
    List<LockedFile> files =
        receipt.files().stream().map(f -> new LockedFile(f.path(), f.size(), f.sha256())).toList();
    DatasetLock lock =
        new DatasetLock(
            entry.manifest().id(), receipt.source(), receipt.place(), receipt.revision(), files);
    Path file = DatasetCatalog.lockFile(folder, entry.manifest().id());
    Files.createDirectories(folder);
    RunJson.replace(file, RunJson.pretty(lock));
    return file;
  }

  /// Opens the dataset, and fetches and reads it first if necessary.
  public Dataset open(Entry entry, Request request) throws IOException, InterruptedException {
    DatasetManifest manifest = entry.manifest();
    DatasetSource source = source(manifest, request.source);
    Receipt receipt = fetch(entry, request);
    ImageStore vault = new ImageStore(cache.resolve("images"));
    SampleIndex index =
        new SampleIndex(
            folder(entry).resolve("index-" + key(manifest, source, receipt) + ".jsonl"), vault);
    Reading.Result result;
    // When two processes open the same dataset, the second waits and then finds the index.
    try (FileChannel lock =
            FileChannel.open(
                folder(entry).resolve(".lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock _ = lock.lock()) {
      Optional<Reading.Result> known = index.read();
      result = known.isPresent() ? known.get() : read(manifest, source, receipt, vault);
      if (known.isEmpty()) {
        index.write(result);
      }
    }
    List<String> notes = new ArrayList<>(result.notes());
    notes.addAll(unexpected(manifest, result.samples()));
    String layout = source.format() + " from " + source.place().kind();
    String revision =
        receipt.revision() == null
            ? "sha256:" + receipt.files().getFirst().sha256()
            : receipt.revision();
    return Dataset.whole(
        manifest.id(),
        manifest.title(),
        new Dataset.Origin(
            layout, revision, manifest.licence(), manifest.images(), scorer(manifest)),
        result.samples(),
        result.bad(),
        notes);
  }

  private static RunRecord.@Nullable Scorer scorer(DatasetManifest manifest) {
    DatasetManifest.Scorer scorer = manifest.scorer();
    return scorer == null
        ? null
        : new RunRecord.Scorer(
            scorer.commit() == null ? scorer.script() : scorer.script() + " @" + scorer.commit(),
            scorer.approximate());
  }

  private Reading.Result read(
      DatasetManifest manifest, DatasetSource source, Receipt receipt, ImageStore vault)
      throws IOException {
    int files = receipt.files().size();
    log.printf("%s: reading %d file%s%n", manifest.id(), files, files == 1 ? "" : "s");
    String archive = source.imageArchive();
    List<Reading.Part> parts =
        receipt.files().stream()
            .filter(f -> !f.path().equals(archive))
            .map(f ->
                new Reading.Part(
                    f.at(), source.format(), Objects.requireNonNull(source.columns()), "", null))
            .toList();
    try (ImageRoot root = root(source, receipt)) {
      Reading reading =
          new Reading(
              parts,
              root,
              vault,
              manifest.category().toString(),
              manifest.metric(),
              manifest.hasGold(),
              Map.of());
      return withUniqueIds(reading, source).read();
    } catch (java.util.zip.ZipException e) {
      throw new DatasetException(archive + ": not a readable zip file: " + e.getMessage());
    }
  }

  /// Rows without ids are numbered per file, so each of several files gets its own id prefix.
  private static Reading withUniqueIds(Reading reading, DatasetSource source) {
    if (reading.parts().size() == 1 || Objects.requireNonNull(source.columns()).id() != null) {
      return reading;
    }
    List<Reading.Part> parts = new ArrayList<>();
    for (Reading.Part part : reading.parts()) {
      String prefix = (parts.size() + 1) + "-";
      parts.add(new Reading.Part(part.file(), part.format(), part.columns(), prefix, part.group()));
    }
    return new Reading(
        parts,
        reading.root(),
        reading.vault(),
        reading.category(),
        reading.metric(),
        reading.gold(),
        reading.descriptions());
  }

  private static ImageRoot root(DatasetSource source, Receipt receipt) throws IOException {
    if (source.imageArchive() != null) {
      for (FetchedFile file : receipt.files()) {
        if (file.path().equals(source.imageArchive())) {
          return new ImageRoot.Archive(file.at(), source.format() == DatasetSource.Format.CAPRL);
        }
      }
    }
    Path beside = Objects.requireNonNull(receipt.files().getFirst().at().getParent());
    String own = source.place() instanceof Local local ? local.imageRoot() : null;
    return new ImageRoot.Folder(
        own == null ? beside : Path.of(receipt.place()).resolve(own),
        source.format() == DatasetSource.Format.CAPRL);
  }

  /// Notes about question counts that differ from those in the manifest.
  private static List<String> unexpected(DatasetManifest manifest, List<Sample> samples) {
    Expected expected = manifest.expect();
    if (expected == null) {
      return List.of();
    }
    List<String> notes = new ArrayList<>();
    Map<String, Long> groups =
        samples.stream()
            .flatMap(sample -> sample.questions().stream())
            .collect(Collectors.groupingBy(Question::group, TreeMap::new, Collectors.counting()));
    long found = groups.values().stream().mapToLong(Long::longValue).sum();
    if (found != expected.questions()) {
      notes.add("%d questions expected, %d found".formatted(expected.questions(), found));
    }
    (expected.groups() == null ? Map.<String, Integer>of() : expected.groups())
        .forEach((group, count) -> {
          long there = groups.getOrDefault(group, 0L);
          if (there != count) {
            notes.add(
                "%d questions of group '%s' expected, %d found".formatted(count, group, there));
          }
        });
    return notes;
  }

  /// @throws DatasetException when the manifest has no such source
  static DatasetSource source(DatasetManifest manifest, @Nullable String kind) {
    return manifest.sources().stream()
        .filter(source -> kind == null || source.place().kind().equals(kind))
        .findFirst()
        .orElseThrow(() ->
            new DatasetException(
                "dataset '%s' has no source '%s'; it has %s"
                    .formatted(
                        manifest.id(),
                        kind,
                        manifest.sources().stream().map(s -> s.place().kind()).toList())));
  }

  /// Key of the index: the same bytes read in the same way give the same key.
  private static String key(DatasetManifest manifest, DatasetSource source, Receipt receipt) {
    String what =
        String.join(
            "\n",
            String.valueOf(SampleIndex.VERSION),
            source.format().toString(),
            String.valueOf(source.columns()),
            manifest.metric().toString(),
            manifest.category().toString(),
            String.valueOf(manifest.hasGold()),
            receipt.files().stream().map(FetchedFile::sha256).toList().toString(),
            source.place() instanceof Local ? receipt.place() : "");
    return Sha256.of(what.getBytes(StandardCharsets.UTF_8)).substring(0, 16);
  }

  private Path folder(Entry entry) {
    return cache.resolve("datasets").resolve(entry.manifest().id());
  }

  private Path receiptFile(Entry entry, DatasetSource source) {
    return folder(entry).resolve("fetched-" + source.place().kind() + ".json");
  }
}
