package dev.refract.harness.run;

import dev.refract.harness.caption.Captioner;
import dev.refract.harness.journal.Journal;
import dev.refract.harness.plan.PlannedCaption;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.ModelIdentity;
import dev.refract.reports.result.RunFile;
import dev.refract.reports.result.RunFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Captions of other runs of the same captioner. Those of the same command are looked at whatever
/// the captioner is: a placebo exchanges its captioner's own captions, and a second answerer reads
/// those of the first. Those of earlier commands, beside this one, only where the captioner is
/// known by its weights: a model's name alone would not tell that a checkpoint was written over.
public final class CaptionCache implements CaptionSource, AutoCloseable {

  private final List<RunFile> runs = new ArrayList<>();

  /// Of the runs so far that have captions; opened when the first caption is looked for.
  private final Map<RunFile, Journal<CaptionRecord>> journals = new LinkedHashMap<>();

  /// The pool of a captioner with the runs that lie in a folder.
  ///
  /// @param own the runs of this command, which are added as they end
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
      return false; // of another version, or damaged: it is no business of this run
    }
  }

  /// A run whose captions may be taken over from here on.
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
        .flatMap(journal -> journal.landed(fingerprint))
        .map(CaptionRecord::reused);
  }

  @Override
  public void close() throws IOException {
    for (Journal<CaptionRecord> journal : journals.values()) {
      journal.close();
    }
  }
}
