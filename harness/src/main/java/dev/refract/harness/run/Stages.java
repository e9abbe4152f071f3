package dev.refract.harness.run;

import dev.refract.harness.answer.Answerer;
import dev.refract.harness.caption.Captioner;
import dev.refract.harness.gpu.GpuSource;
import dev.refract.harness.gpu.Telemetry;
import dev.refract.harness.os.ServerProcess;
import dev.refract.harness.run.RunPlan.PlannedCaption;
import dev.refract.harness.run.RunPlan.Unit;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Captions and answers beside each other: a question is asked when the last of its captions has
/// landed. Or one after the other, where one GPU holds one model at a time.
///
/// The plan is gone through once, and only what is in flight is in memory.
final class Stages {

  private final Captioner captioner;
  private final Answerer answerer;
  private final Captioning captioning;
  private final Interview interview;
  private final Asking asking;
  private final Sitting sitting;
  private final boolean direct;
  private final GpuSource gpus;

  /// Captions that are being made, and who waits for them.
  private final Map<String, List<Waiting>> inFlight = new HashMap<>();

  /// Captions that were asked for in this sitting and did not come: they are not asked for twice.
  private final Set<String> lost = new HashSet<>();

  Stages(
      Captioner captioner,
      Answerer answerer,
      Captioning captioning,
      Interview interview,
      Asking asking,
      Sitting sitting,
      GpuSource gpus) {
    this.captioner = captioner;
    this.answerer = answerer;
    this.captioning = captioning;
    this.interview = interview;
    this.asking = asking;
    this.sitting = sitting;
    this.gpus = gpus;
    this.direct = interview.answering().direct();
  }

  /// One caption of each image of some questions, of which some may not have landed.
  private static final class Waiting {

    private final List<Entry> entries;
    private final int sample;
    private int missing;

    Waiting(List<Entry> entries, int sample, int missing) {
      this.entries = entries;
      this.sample = sample;
      this.missing = missing;
    }
  }

  /// Returns when all has landed or failed, or, after a wish to stop, what was in flight.
  ///
  /// @param telemetry the file of what machines say meanwhile; beside it is kept what servers say
  ///   that are started
  void work(Iterable<Unit> units, Path telemetry) throws IOException, InterruptedException {
    if (!sitting.sequential()) {
      try (Stage answers = answers()) {
        metered(units, telemetry, answers);
        answers.await();
      }
      return;
    }
    try (ServerProcess _ = direct ? ServerProcess.NONE : captioners(telemetry)) {
      metered(units, telemetry, null);
    }
    if (!sitting.halt().isWished()) {
      try (ServerProcess _ = direct ? captioners(telemetry) : answerers(telemetry);
          Stage answers = answers()) {
        for (Unit unit : units) {
          List<Entry> entries = unit.entries();
          lost(unit, entries);
          for (int sample = 0; sample < unit.captions().size(); sample++) {
            ask(entries, sample, answers);
          }
        }
        answers.await();
      }
    }
  }

  private ServerProcess captioners(Path beside) throws IOException, InterruptedException {
    return captioner.server().start(beside.resolveSibling("captioner-server.log"), sitting.halt());
  }

  private ServerProcess answerers(Path beside) throws IOException, InterruptedException {
    return answerer.server().start(beside.resolveSibling("answerer-server.log"), sitting.halt());
  }

  private Stage answers() {
    int concurrency = direct ? captioner.concurrency() : answerer.concurrency();
    return new Stage(concurrency, "answer-", sitting.halt());
  }

  private void metered(Iterable<Unit> units, Path telemetry, @Nullable Stage answers)
      throws IOException, InterruptedException {
    if (captioning.known().tell(telemetry)) {
      caption(units, answers);
      return;
    }
    try (Telemetry _ = Telemetry.start(telemetry, gpus, captioner.server().addresses())) {
      caption(units, answers);
    }
  }

  /// @param answers where questions go whose captions have landed, or null when they wait
  private void caption(Iterable<Unit> units, @Nullable Stage answers) throws InterruptedException {
    try (Stage captions = new Stage(captioner.concurrency(), "caption-", sitting.halt())) {
      if (answers != null) {
        captions.stopsWith(answers);
        answers.stopsWith(captions);
      }
      for (Unit unit : units) {
        if (sitting.halt().isWished()) {
          break;
        }
        List<Entry> entries = unit.entries();
        if (answers != null) {
          lost(unit, entries);
        }
        for (int sample = 0; sample < unit.captions().size(); sample++) {
          List<PlannedCaption> description =
              unit.captions().get(sample).stream().distinct().toList();
          Waiting waiting = new Waiting(entries, sample, description.size());
          for (PlannedCaption caption : description) {
            want(unit, caption, waiting, captions, answers);
          }
        }
      }
      captions.await();
    }
  }

  /// One picture may stand in several samples and datasets: it is captioned once.
  private void want(
      Unit unit, PlannedCaption caption, Waiting waiting, Stage captions, @Nullable Stage answers)
      throws InterruptedException {
    boolean known;
    synchronized (this) {
      known = lost.contains(caption.fingerprint());
      List<Waiting> others = known ? null : inFlight.get(caption.fingerprint());
      if (others != null) {
        others.add(waiting);
        return;
      } else if (!known) {
        inFlight.put(caption.fingerprint(), new ArrayList<>(List.of(waiting)));
      }
    }
    if (known) {
      arrived(List.of(waiting), answers);
      return;
    }
    captions.submit(() -> {
      if (captioning.caption(unit.dataset(), caption, unit.query())) {
        arrived(landed(caption.fingerprint()), answers);
      }
    });
  }

  private synchronized List<Waiting> landed(String fingerprint) {
    if (!captioning.captions().has(fingerprint)) {
      lost.add(fingerprint);
    }
    List<Waiting> waiting = inFlight.remove(fingerprint);
    return waiting == null ? List.of() : waiting;
  }

  /// Questions on one caption stay together, which an embedded answerer's cache needs.
  private void arrived(List<Waiting> waiting, @Nullable Stage answers) throws InterruptedException {
    for (Waiting one : waiting) {
      boolean last;
      synchronized (this) {
        last = --one.missing == 0;
      }
      if (last && answers != null) {
        synchronized (answers) {
          ask(one.entries, one.sample, answers);
        }
      }
    }
  }

  private void ask(List<Entry> entries, int sample, Stage answers) throws InterruptedException {
    for (Entry entry : entries) {
      interview.ask(entry, sample, answers, asking);
    }
  }

  private void lost(Unit unit, List<Entry> entries) {
    if (unit.lost() != null) {
      entries.forEach(entry ->
          interview
              .answering()
              .times(entry.question(), 0)
              .forEach(_ -> asking.progress().answered(false, true)));
    }
  }
}
