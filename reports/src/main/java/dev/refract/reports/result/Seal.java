package dev.refract.reports.result;

import dev.refract.reports.file.JsonLines;
import dev.refract.reports.file.RunFormatException;
import dev.refract.reports.file.RunJson;
import dev.refract.reports.file.Sha256;
import dev.refract.reports.file.ShellWords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What the files of a finished run contained when it finished. `run.json` is written last and
/// holds it, so that damage to any of them is found before a result is believed. It is no
/// signature: somebody who changes a result on purpose can make a new one.
///
/// @param record SHA-256 of `run.json` as compact JSON in which this digest is empty
/// @param files every file that results are read from
public record Seal(String record, List<SealedFile> files) {

  public Seal {
    Objects.requireNonNull(record, "record");
    files = List.copyOf(files);
  }

  /// @param bytes its size
  public record SealedFile(String name, long bytes, String sha256) {

    public SealedFile {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(sha256, "sha256");
    }
  }

  /// Seals a run whose derived files are written.
  ///
  /// @param record as it will be written, without a seal
  static Seal of(RunFile run, RunRecord record) throws IOException {
    List<SealedFile> files = new ArrayList<>();
    for (Path file : run.resultFiles()) {
      files.add(new SealedFile(file.getFileName().toString(), Files.size(file), Sha256.of(file)));
    }
    return new Seal(digest(record, files), files);
  }

  private static String digest(RunRecord record, List<SealedFile> files) {
    RunRecord whole = record.sealed(new Seal("", files));
    return Sha256.of(RunJson.text(whole).getBytes(StandardCharsets.UTF_8));
  }

  /// The same files for a record that learned more, such as another reading of a server.
  Seal resealing(RunRecord changed) {
    return new Seal(digest(changed, files), files);
  }

  /// @throws RunFormatException when `run.json` is not as it was
  void checkRecord(RunFile run, RunRecord holder) {
    if (!record.equals(digest(holder, files))) {
      throw new RunFormatException(
          run.recordFile(),
          "was changed after the run finished: it does not match its own digest 'seal.record'; "
              + remedy(run));
    }
  }

  /// @throws RunFormatException when a file is missing, was added or was changed; the message names
  ///   the file and, where a line is to blame, the line
  void checkFiles(RunFile run) {
    Map<String, SealedFile> missing = new HashMap<>();
    files.forEach(file -> missing.put(file.name, file));
    for (Path file : run.resultFiles()) {
      SealedFile sealed = missing.remove(file.getFileName().toString());
      if (sealed == null) {
        throw new RunFormatException(
            file, "was added after the run finished; remove it, or " + remedy(run));
      }
      compare(run, file, sealed);
    }
    if (!missing.isEmpty()) {
      throw new RunFormatException(
          run.folder().resolve(missing.keySet().iterator().next()),
          "is missing, but the run had it when it finished; " + remedy(run));
    }
  }

  private static void compare(RunFile run, Path file, SealedFile sealed) {
    try {
      if (Files.size(file) == sealed.bytes && Sha256.of(file).equals(sealed.sha256)) {
        return;
      }
      if (file.getFileName().toString().endsWith(".jsonl")) {
        findLine(file);
      }
      throw new RunFormatException(
          file,
          "was changed after the run finished: %d bytes with SHA-256 %s, expected %d bytes with %s; %s"
              .formatted(
                  Files.size(file),
                  Sha256.of(file).substring(0, 12),
                  sealed.bytes,
                  sealed.sha256.substring(0, Math.min(12, sealed.sha256.length())),
                  remedy(run)));
    } catch (IOException e) {
      throw new RunFormatException(file, "cannot be read: " + e.getMessage());
    }
  }

  /// Names the first line that was changed or stands twice; returns where each line is right by
  /// itself, so that lines are missing or in another order.
  private static void findLine(Path file) {
    Set<JsonNode> seen = new LinkedHashSet<>();
    int number = 0;
    for (JsonNode line : JsonLines.read(file, JsonNode.class)) {
      number++;
      if (!seen.add(line)) {
        throw new RunFormatException(file, number, "is a copy of an earlier line");
      }
    }
  }

  private static String remedy(RunFile run) {
    return "'refract verify %s' says what can be derived again"
        .formatted(ShellWords.quoted(run.folder()));
  }
}
