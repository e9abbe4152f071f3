package dev.refract.reports.result;

import dev.refract.reports.file.JsonLines;
import dev.refract.reports.file.RunFormatException;
import dev.refract.reports.file.RunJson;
import dev.refract.reports.file.ShellWords;
import dev.refract.reports.telemetry.TelemetryRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// A run on disk: the places and contents of its files.
public record RunFile(Path folder) {

  /// The images of all runs in the same folder, by SHA-256; hidden so that `runs/*` matches only
  /// runs.
  private static final String IMAGES_FOLDER = ".images";

  private static final String LINK =
      "is a symbolic link, and refract follows none in run folders; put the file itself there";

  /// A run, finished or not.
  ///
  /// @throws RunFormatException when the folder contains no run of this format, or a link
  public static RunFile open(Path folder) {
    RunFile run = new RunFile(folder);
    run.refuseLinks();
    int format = run.format();
    if (format != RunRecord.FORMAT) {
      throw new RunFormatException(
          run.recordFile(),
          format >= 1 && format < RunRecord.FORMAT
              ? "run format %d is older than %d; convert it with: refract upgrade %s"
                  .formatted(format, RunRecord.FORMAT, ShellWords.quoted(folder))
              : "run format %d is not known; this refract reads %d"
                  .formatted(format, RunRecord.FORMAT));
    }
    return run;
  }

  /// A finished run whose files are as they were when it finished.
  ///
  /// @throws RunFormatException when it has not finished, or one of its files was changed since
  public static RunFile finished(Path folder) {
    RunFile run = open(folder);
    if (!run.checkIntact()) {
      throw new RunFormatException(
          folder, "the run has not finished; repeat its command to resume it");
    }
    return run;
  }

  /// Compares the files of a finished run with its seal.
  ///
  /// @return whether it has finished
  /// @throws RunFormatException when one of its files was changed since
  public boolean checkIntact() {
    Seal seal = checkedRecord().seal();
    if (seal != null) {
      seal.checkFiles(this);
    }
    return seal != null;
  }

  /// Whether {@link #finished} accepts the run.
  public boolean isIntact() {
    try {
      finished(folder);
      return true;
    } catch (RunFormatException _) {
      return false;
    }
  }

  /// Nothing is read or written through a link, a pipe or a device: a run folder may come from
  /// somebody else.
  ///
  /// @throws RunFormatException when the folder contains anything but plain files and folders, or
  ///   its images are behind a link
  public void refuseLinks() {
    try {
      if (Files.isSymbolicLink(imageFolder())) {
        throw new RunFormatException(imageFolder(), LINK);
      }
      if (!Files.isDirectory(folder)) {
        return;
      }
      try (Stream<Path> entries = Files.list(folder)) {
        for (Path entry : entries.sorted().toList()) {
          if (!Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)
              && !Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
            throw new RunFormatException(
                entry, Files.isSymbolicLink(entry) ? LINK : "is neither a file nor a folder");
          }
        }
      }
    } catch (IOException e) {
      throw new RunFormatException(folder, "cannot be read: " + e.getMessage());
    }
  }

  /// Removes the temporary files of processes that were killed; the caller is the only writer.
  public void removeHalfWritten() throws IOException {
    try (DirectoryStream<Path> parts = Files.newDirectoryStream(folder, "*.json*.part")) {
      for (Path part : parts) {
        Files.delete(part);
      }
    }
  }

  /// The files that results are read from and that exist, in a fixed order; all but `run.json`.
  public List<Path> resultFiles() {
    return Stream.of(
            captionsFile(),
            answersFile(),
            queriesFile(),
            judgementsFile(),
            telemetryFile(),
            itemsFile(),
            summaryFile())
        .filter(Files::exists)
        .toList();
  }

  /// The version of the run's format; -1 when the file states none.
  ///
  /// @throws RunFormatException when the folder contains no run
  public int format() {
    if (!Files.isRegularFile(recordFile())) {
      throw new RunFormatException(folder, "no run here (run.json is missing)");
    }
    return RunJson.read(recordFile(), JsonNode.class).path("format").asInt(-1);
  }

  public RunRecord record() {
    return RunJson.read(recordFile(), RunRecord.class);
  }

  /// The record, compared with its own digest where the run has finished.
  ///
  /// @throws RunFormatException when it was changed since
  public RunRecord checkedRecord() {
    RunRecord record = record();
    Seal seal = record.seal();
    if ((record.state() == RunRecord.State.FINISHED) != (seal != null)) {
      throw new RunFormatException(
          recordFile(), "was changed: a run has a seal exactly when it is finished");
    } else if (seal != null) {
      seal.checkRecord(this, record);
    }
    return record;
  }

  public List<ItemResult> items() {
    return JsonLines.read(itemsFile(), ItemResult.class);
  }

  public Summary summary() {
    return RunJson.read(summaryFile(), Summary.class);
  }

  /// SHA-256 over the run's fingerprint and its results, by which a pinned baseline is checked.
  public String digest() {
    try (InputStream in = Files.newInputStream(itemsFile())) {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(record().fingerprint().getBytes(StandardCharsets.UTF_8));
      in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), sha256));
      return HexFormat.of().formatHex(sha256.digest());
    } catch (IOException e) {
      throw new RunFormatException(itemsFile(), "cannot be read: " + e.getMessage());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The captions by fingerprint; the last of several attempts at a caption counts.
  public Map<String, CaptionRecord> captions() {
    Map<String, CaptionRecord> captions = new LinkedHashMap<>();
    JsonLines.read(captionsFile(), CaptionRecord.class)
        .forEach(c -> captions.put(c.fingerprint(), c));
    return captions;
  }

  /// A picture beside the runs.
  ///
  /// @param sha256 what its bytes must hash to
  public record StoredImage(Path file, String sha256) {}

  /// The stored picture of an image; empty if there is none, or only a link. A picture that was
  /// converted for pages has its own digest behind the original's in its name.
  ///
  /// @param sha256 of the original
  public Optional<StoredImage> image(String sha256) {
    if (!sha256.matches("[0-9a-f]{64}") || Files.isSymbolicLink(imageFolder())) {
      return Optional.empty();
    }
    return Stream.of("png", "jpg", "gif", "webp", "bmp", "tif")
        .map(extension -> imageFolder().resolve(sha256 + "." + extension))
        .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
        .findFirst()
        .map(file -> new StoredImage(file, sha256))
        .or(() -> converted(sha256));
  }

  private Optional<StoredImage> converted(String sha256) {
    try (DirectoryStream<Path> found = Files.newDirectoryStream(imageFolder(), sha256 + ".*.png")) {
      for (Path file : found) {
        String own = file.getFileName().toString().replaceFirst("^.{65}(.*)\\.png$", "$1");
        if (own.matches("[0-9a-f]{64}") && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          return Optional.of(new StoredImage(file, own));
        }
      }
      return Optional.empty();
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  public Path imageFolder() {
    return folder.toAbsolutePath().resolveSibling(IMAGES_FOLDER);
  }

  public Path recordFile() {
    return folder.resolve("run.json");
  }

  public Path captionsFile() {
    return folder.resolve("captions.jsonl");
  }

  public Path answersFile() {
    return folder.resolve("answers.jsonl");
  }

  /// What captioners were asked to look at, where the protocol does so.
  public Path queriesFile() {
    return folder.resolve("queries.jsonl");
  }

  public Path judgementsFile() {
    return folder.resolve("judgements.jsonl");
  }

  /// Passes the telemetry of the caption stage to `action`, in order; nothing where there is none.
  public void telemetry(Consumer<TelemetryRecord> action) {
    if (Files.exists(telemetryFile())) {
      JsonLines.forEach(
          telemetryFile(), TelemetryRecord.class, (record, _, _) -> action.accept(record));
    }
  }

  public Path telemetryFile() {
    return folder.resolve("telemetry.jsonl");
  }

  public Path itemsFile() {
    return folder.resolve("items.jsonl");
  }

  /// Answers to a dataset whose golds are secret, in the format of its evaluation server.
  public Path submissionFile(String dataset) {
    return folder.resolve("submission-" + dataset + ".json");
  }

  /// The datasets that have a submission file.
  public List<String> submissions() {
    return record().datasets().stream()
        .map(RunRecord.Dataset::id)
        .filter(id -> Files.exists(submissionFile(id)))
        .toList();
  }

  public Path summaryFile() {
    return folder.resolve("summary.json");
  }
}
