package dev.refract.reports.tally;

import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.result.Outcome.Abstained;
import dev.refract.reports.result.Outcome.Failed;
import dev.refract.reports.result.Outcome.Scored;
import dev.refract.reports.result.Outcome.Unparsed;
import dev.refract.reports.result.Outcome.Unscored;
import dev.refract.reports.result.Outcome.Unsupported;
import dev.refract.reports.result.Summary;
import dev.refract.reports.result.Trial;
import dev.refract.reports.stats.Estimate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Counts the results of one group, one item at a time.
public final class GroupTally {

  private final Clusters clusters;
  private final Means scores;
  private final Means best;
  private final Means replied;
  private final Means circular;
  private final Means judged;
  private final Map<Integer, Means> repeats = new TreeMap<>();
  private boolean samples;
  private int answers;
  private int scored;
  private int right;
  private int unparsed;
  private int abstained;
  private int unsupported;
  private int failed;
  private int judgedUnparsed;
  private int judgedFailed;

  GroupTally(Clusters clusters) {
    this.clusters = clusters;
    this.scores = new Means(clusters);
    this.best = new Means(clusters);
    this.replied = new Means(clusters);
    this.circular = new Means(clusters);
    this.judged = new Means(clusters);
  }

  void add(ItemResult item) {
    item.scoredTrials().forEach(this::count);
    scores.add(item.score());
    best.add(item.best());
    item.scoredTrials()
        .map(Trial::outcome)
        .filter(outcome -> !(outcome instanceof Failed))
        .mapToDouble(Outcome::score)
        .average()
        .ifPresent(replied::add);
    samples |= item.scoredTrials().anyMatch(t -> t.sample() > 0);
    if (item.scoredTrials().anyMatch(t -> t.rotation() > 0)) {
      circular.add(item.circular());
    }
    item.repeats()
        .forEach(
            (number, mean) -> repeats.computeIfAbsent(number, _ -> new Means(clusters)).add(mean));
    item.scoredTrials()
        .map(Trial::judged)
        .filter(Objects::nonNull)
        .mapToDouble(Outcome::score)
        .average()
        .ifPresent(judged::add);
  }

  private void count(Trial trial) {
    answers++;
    switch (trial.outcome()) {
      case Scored _ -> scored++;
      case Unparsed _ -> unparsed++;
      case Abstained _ -> abstained++;
      case Unsupported _ -> unsupported++;
      case Failed _ -> failed++;
      case Unscored _ -> throw new IllegalArgumentException("an item with golds has no score");
    }
    right += trial.outcome().score() == 1 ? 1 : 0;
    judgedUnparsed += trial.judged() instanceof Unparsed ? 1 : 0;
    judgedFailed += trial.judged() instanceof Failed ? 1 : 0;
  }

  Summary.Group group(String name) {
    Estimate accuracy = scores.estimate();
    return new Summary.Group(
        name,
        accuracy.clusters(),
        scores.size(),
        answers,
        scored,
        new Summary.OutcomeCounts(right, unparsed, abstained, unsupported, failed),
        accuracy,
        replied.mean(),
        samples ? best.mean() : null,
        circular.size() > 0 ? circular.mean() : null,
        repeats.size() > 1 ? repeats.values().stream().map(Means::mean).toList() : List.of(),
        judged.size() > 0
            ? new Summary.Judged(judged.size(), judgedUnparsed, judgedFailed, judged.estimate())
            : null);
  }
}
