package dev.refract.harness.run;

import dev.refract.harness.caption.Captioner;
import dev.refract.harness.journal.Journal;
import dev.refract.harness.plan.PlannedCaption;
import dev.refract.reports.file.RunFormatException;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.ModelIdentity;
import dev.refract.reports.result.RunFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Reuses captions from other runs of the same captioner.
///
/// Runs of the same command are always searched: a placebo swaps its captioner's own captions, and
/// a second answerer reuses those of the first. Runs of earlier commands in the same folder are
/// searched only when a digest of the weights identifies the captioner: the model's name alone
/// would not reveal an overwritten checkpoint.
public final class CaptionCache implements CaptionSource, AutoCloseable {

  private final List<RunFile> runs = new ArrayList<>();

  /// The caption journals of the runs added so far, opened at the first lookup.
  private final Map<RunFile, Journal<CaptionRecord>> journals = new LinkedHashMap<>();

  /// A cache for a captioner with the matching runs of a folder.
  ///
  /// @param own runs of this command, skipped here and added when they finish
  public static CaptionCache beside(Path folder, Captioner captioner, List<Path> own)
      throws IOException {
    CaptionCache pool = new CaptionCache();
    ModelIdentity wanted = captioner.describes();
    if (wanted.pinsWeights() && Files.isDirectory(folder)) {
      List<Path> beside;
      try (Stream<Path> below = Files.list(folder)) {
        beside = below.filter(run -> Files.exists(run.resolve("run.json"))).sorted().toList();
      }
      for (Path run : beside) {
        if (!own.contains(run) && isOf(run, wanted)) {
          pool.add(new RunFile(run));
        }
      }
    }
    return pool;
  }

  private static boolean isOf(Path run, ModelIdentity wanted) {
    try {
      return RunFile.open(run).record().captioner().fingerprinted().equals(wanted.fingerprinted());
    } catch (RunFormatException _) {
      return false; // another version, or damaged: not a problem of this run
    }
  }

  /// Adds a run whose captions may be reused from now on.
  public void add(RunFile run) {
    if (Files.exists(run.captionsFile())) {
      runs.add(run);
    }
  }

  @Override
  public synchronized Optional<CaptionRecord> find(String dataset, PlannedCaption planned)
      throws IOException {
    String fingerprint = planned.fingerprint();
    for (RunFile run : runs) {
      if (!journals.containsKey(run)) {
        journals.put(run, Journal.look(run.captionsFile(), CaptionRecord.class));
      }
    }
    return journals.values().stream()
        .filter(journal -> journal.has(fingerprint))
        .findFirst()
        .flatMap(journal -> journal.success(fingerprint))
        .map(CaptionRecord::reused);
  }

  @Override
  public void close() throws IOException {
    for (Journal<CaptionRecord> journal : journals.values()) {
      journal.close();
    }
  }
}
