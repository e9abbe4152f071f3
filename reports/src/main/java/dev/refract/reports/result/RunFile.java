package dev.refract.reports.result;

import dev.refract.reports.telemetry.TelemetryRecord;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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

  /// @throws RunFormatException when the folder contains no run of this format
  public static RunFile open(Path folder) {
    RunFile run = new RunFile(folder);
    int format = run.format();
    if (format != RunRecord.FORMAT) {
      throw new RunFormatException(
          run.recordFile(),
          format >= 1 && format < RunRecord.FORMAT
              ? "run format %d is older than %d; convert it with: refract upgrade %s"
                  .formatted(format, RunRecord.FORMAT, folder)
              : "run format %d is not known; this refract reads %d"
                  .formatted(format, RunRecord.FORMAT));
    }
    return run;
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

  public List<ItemResult> items() {
    return RunJson.readLines(itemsFile(), ItemResult.class);
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
    RunJson.readLines(captionsFile(), CaptionRecord.class)
        .forEach(c -> captions.put(c.fingerprint(), c));
    return captions;
  }

  /// The stored file of an image; empty if it no longer exists.
  public Optional<Path> image(String sha256) {
    if (!sha256.matches("[0-9a-f]{64}")) {
      return Optional.empty();
    }
    Path folder = imageFolder();
    return Stream.of("png", "jpg", "gif", "webp", "bmp", "tif")
        .map(extension -> folder.resolve(sha256 + "." + extension))
        .filter(Files::isRegularFile)
        .findFirst();
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
      RunJson.readLines(
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
