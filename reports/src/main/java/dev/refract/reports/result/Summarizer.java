package dev.refract.reports.result;

import dev.refract.reports.result.Outcome.Abstained;
import dev.refract.reports.result.Outcome.Failed;
import dev.refract.reports.result.Outcome.Scored;
import dev.refract.reports.result.Outcome.Unparsed;
import dev.refract.reports.result.Outcome.Unscored;
import dev.refract.reports.stats.ClusteredMean;
import dev.refract.reports.stats.ClusteredMean.Observation;
import dev.refract.reports.stats.Estimate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Figures from outcomes: a pure function of `items.jsonl` and the journals' times.
public final class Summarizer {

  private Summarizer() {}

  /// A stretch of time in milliseconds, `to` not before `from`.
  public record Span(long from, long to) {}

  /// @throws IllegalArgumentException when an item with golds has no score
  public static Summary summarize(
      Iterable<ItemResult> items, List<Span> captions, List<Span> answers) {
    // One pass: items may be made, and scored, each time they are asked for.
    Map<String, Tally> byDataset = new LinkedHashMap<>();
    Map<String, Tally> byGroup = new LinkedHashMap<>();
    int ungraded = 0;
    int ungradedFailed = 0;
    for (ItemResult item : items) {
      if (item.golds().isEmpty()) {
        ungraded++; // nobody here can grade it
        ungradedFailed += item.outcome() instanceof Failed ? 1 : 0;
      } else {
        String group = item.category() + " / " + item.group();
        byDataset.computeIfAbsent(item.dataset(), _ -> new Tally()).add(item);
        byGroup.computeIfAbsent(group, _ -> new Tally()).add(item);
      }
    }
    List<Summary.Group> datasets = groups(byDataset);
    Estimate macro =
        datasets.isEmpty()
            ? Estimate.NONE
            : ClusteredMean.macro(datasets.stream().map(Summary.Group::accuracy).toList());
    int[] sums = new int[5];
    for (Summary.Group group : datasets) {
      sums[0] += group.images();
      sums[1] += group.planned();
      sums[2] += group.unparsed();
      sums[3] += group.abstained();
      sums[4] += group.failed();
    }
    Summary.Overall overall =
        new Summary.Overall(
            sums[0], sums[1], sums[2], sums[3], sums[4], ungraded, ungradedFailed, macro);
    double captionSeconds = covered(captions);
    double rate = captionSeconds > 0 ? captions.size() / captionSeconds : 0;
    return new Summary(
        overall,
        datasets,
        groups(byGroup),
        new Summary.Timing(
            captions.size(), captionSeconds, rate, answers.size(), covered(answers)));
  }

  /// Seconds in which at least one span was open: idle time between two sittings of a resumed run
  /// does not count.
  static double covered(Collection<Span> spans) {
    List<Span> sorted = new ArrayList<>(spans);
    sorted.sort(java.util.Comparator.comparingLong(Span::from));
    long total = 0;
    long end = Long.MIN_VALUE;
    for (Span span : sorted) {
      long from = Math.max(span.from(), end);
      if (span.to() > from) {
        total += span.to() - from;
        end = span.to();
      }
    }
    return total / 1000.0;
  }

  private static List<Summary.Group> groups(Map<String, Tally> tallies) {
    return tallies.entrySet().stream().map(e -> e.getValue().group(e.getKey())).toList();
  }

  /// The counts of one group while its items pass by.
  private static final class Tally {

    private final List<Observation> observations = new ArrayList<>();
    private int scored;
    private int unparsed;
    private int abstained;
    private int failed;
    private double sum;

    void add(ItemResult item) {
      switch (item.outcome()) {
        case Scored _ -> scored++;
        case Unparsed _ -> unparsed++;
        case Abstained _ -> abstained++;
        case Failed _ -> failed++;
        case Unscored _ -> throw new IllegalArgumentException("a gold, and no score");
      }
      sum += item.outcome().score();
      observations.add(new Observation(item.cluster(), item.outcome().score()));
    }

    Summary.Group group(String name) {
      int answered = observations.size() - failed;
      Estimate accuracy = ClusteredMean.of(observations);
      return new Summary.Group(
          name,
          accuracy.clusters(),
          observations.size(),
          scored,
          unparsed,
          abstained,
          failed,
          accuracy,
          answered == 0 ? 0 : sum / answered);
    }
  }
}
