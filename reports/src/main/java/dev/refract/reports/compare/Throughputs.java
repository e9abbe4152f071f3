package dev.refract.reports.compare;

import dev.refract.reports.compare.Comparison.Ratio;
import dev.refract.reports.compare.Comparison.Throughput;
import dev.refract.reports.result.CaptionRecord;
import dev.refract.reports.result.RunRecord;
import dev.refract.reports.stats.ThroughputRatio;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Captions per second of two runs, where they can be compared.
public final class Throughputs {

  private Throughputs() {}

  static Throughput compare(RunData a, RunData b) {
    String obstacle = obstacle(a, b);
    if (!obstacle.isEmpty()) {
      return new Throughput(null, obstacle);
    }
    ThroughputRatio ratio = ratio(a, b).orElseThrow();
    return new Throughput(
        new Ratio(ratio.ratio(), ratio.low(), ratio.high(), ratio.logError(), ratio.degrees()),
        "one run each: the interval does not include run-to-run variation");
  }

  /// The ratio with its error; empty where the runs cannot be compared.
  public static Optional<ThroughputRatio> ratio(RunData a, RunData b) {
    return obstacle(a, b).isEmpty()
        ? Optional.of(ThroughputRatio.of(completions(a), completions(b)))
        : Optional.empty();
  }

  /// Why the two cannot be compared; empty when they can.
  public static String obstacle(RunData a, RunData b) {
    RunRecord.Environment here = a.record().environment();
    RunRecord.Environment there = b.record().environment();
    if (!here.processor().equals(there.processor())
        || here.processors() != there.processors()
        || !here.os().equals(there.os())) {
      return "hardware differs: %s (%d processors), %s (%d)"
          .formatted(here.processor(), here.processors(), there.processor(), there.processors());
    } else if (a.record().isControl() || b.record().isControl()) {
      return "the speed of a control is meaningless";
    }
    int fewest = Math.min(completions(a).size(), completions(b).size());
    return ThroughputRatio.isEnough(fewest) ? "" : "too few timed captions: " + fewest;
  }

  /// The instants at which captions arrived, in seconds of work: time without a caption in
  /// progress, between two sessions of a resumed run, does not count.
  private static List<Double> completions(RunData run) {
    return completions(run.captions().values());
  }

  /// When the first caption was started, on the same clock.
  public static double began(Collection<CaptionRecord> captions) {
    return captions.stream()
            .filter(c -> c.failure() == null && c.time().startedMillis() > 0)
            .mapToLong(c -> c.time().startedMillis())
            .min()
            .orElse(0)
        / 1000.0;
  }

  /// The same for any captions, in the order in which they were started; captions made by another
  /// run are left out.
  public static List<Double> completions(Collection<CaptionRecord> captions) {
    List<CaptionRecord> timed =
        captions.stream()
            .filter(c -> c.failure() == null && c.time().startedMillis() > 0)
            .sorted(Comparator.comparingLong(c -> c.time().startedMillis()))
            .toList();
    List<Double> instants = new ArrayList<>();
    double idle = 0;
    double busyUntil = timed.isEmpty() ? 0 : timed.getFirst().time().startedMillis() / 1000.0;
    for (CaptionRecord caption : timed) {
      double from = caption.time().startedMillis() / 1000.0;
      idle += Math.max(0, from - busyUntil);
      busyUntil = Math.max(busyUntil, from + caption.time().seconds());
      instants.add(from + caption.time().seconds() - idle);
    }
    return instants;
  }
}
