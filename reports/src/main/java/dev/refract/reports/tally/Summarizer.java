package dev.refract.reports.tally;

import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.Letters;
import dev.refract.reports.result.Outcome.Failed;
import dev.refract.reports.result.Summary;
import dev.refract.reports.result.Trial;
import dev.refract.reports.stats.ClusteredMean;
import dev.refract.reports.stats.Estimate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Computes a run's figures: a pure function of `items.jsonl`, the captions and the journals'
/// times.
public final class Summarizer {

  /// Key of the whole caption in a curve that is sorted by length.
  private static final int WHOLE_CAPTION = Integer.MAX_VALUE;

  private Summarizer() {}

  /// @param items may be generated and scored on each iteration
  /// @param captions that the items were answered from
  /// @param answering measurements of the requests for answers
  /// @param hardware sums of the telemetry
  /// @throws IllegalArgumentException when an item with golds has no score
  public static Summary summarize(
      Iterable<ItemResult> items,
      CaptionTally captions,
      MeterTally answering,
      HardwareTally hardware) {
    Set<String> truncated = captions.truncated();
    Clusters clusters = new Clusters();
    Map<String, GroupTally> byDataset = new LinkedHashMap<>();
    Map<String, GroupTally> byGroup = new LinkedHashMap<>();
    Map<String, Means> ended = new LinkedHashMap<>();
    Map<Integer, Map<String, Means>> byBudget = new TreeMap<>();
    Letters letters = new Letters();
    int ungraded = 0;
    int ungradedFailed = 0;
    for (ItemResult item : items) {
      if (item.golds().isEmpty()) {
        ungraded++; // it cannot be graded here
        ungradedFailed += item.representative().outcome() instanceof Failed ? 1 : 0;
        continue;
      }
      String group = item.category() + " / " + item.group();
      clusters.next(item);
      byDataset.computeIfAbsent(item.dataset(), _ -> new GroupTally(clusters)).add(item);
      byGroup.computeIfAbsent(group, _ -> new GroupTally(clusters)).add(item);
      letters.add(item);
      item.scoredTrials()
          .filter(t -> t.captions().stream().noneMatch(truncated::contains))
          .mapToDouble(t -> t.outcome().score())
          .average()
          .ifPresent(
              mean -> ended.computeIfAbsent(item.dataset(), _ -> new Means(clusters)).add(mean));
      curve(item, clusters, byBudget);
    }
    List<Summary.Group> datasets = groups(byDataset);
    Spans captioning = captions.meter().spans();
    double captionSeconds = captioning.seconds();
    double rate = captionSeconds > 0 ? captioning.size() / captionSeconds : 0;
    return new Summary(
        overall(datasets, ungraded, ungradedFailed),
        datasets,
        groups(byGroup),
        letters.counts(),
        byBudget.entrySet().stream()
            .map(e ->
                new Summary.Budget(
                    e.getKey() == WHOLE_CAPTION ? 0 : e.getKey(), macro(e.getValue())))
            .toList(),
        captions.health(macro(ended)),
        answering.ends(),
        new Summary.Timing(
            captioning.size(),
            captionSeconds,
            rate,
            answering.spans().size(),
            answering.spans().seconds(),
            captions.meter().meter(),
            answering.meter(),
            hardware.hardware(captioning.size())));
  }

  /// The figures of results without times.
  public static Summary summarize(Iterable<ItemResult> items, CaptionTally captions) {
    return summarize(items, captions, new MeterTally(), new HardwareTally());
  }

  /// Adds an item's scores by caption length. Of the trials with the whole caption, only those
  /// comparable to the cut ones count: unrotated and without repeats.
  private static void curve(
      ItemResult item, Clusters clusters, Map<Integer, Map<String, Means>> byBudget) {
    if (item.trials().stream().allMatch(Trial::counts)) {
      return;
    }
    item.trials().stream()
        .filter(t -> t.rotation() == 0 && t.repeat() == 0)
        .collect(
            Collectors.groupingBy(
                t -> t.counts() ? WHOLE_CAPTION : t.budget(),
                Collectors.averagingDouble(t -> t.outcome().score())))
        .forEach((budget, mean) ->
            byBudget
                .computeIfAbsent(budget, _ -> new LinkedHashMap<>())
                .computeIfAbsent(item.dataset(), _ -> new Means(clusters))
                .add(mean));
  }

  private static Summary.Overall overall(
      List<Summary.Group> datasets, int ungraded, int ungradedFailed) {
    return new Summary.Overall(
        sum(datasets, Summary.Group::images),
        sum(datasets, Summary.Group::planned),
        sum(datasets, Summary.Group::answers),
        new Summary.OutcomeCounts(
            sum(datasets, g -> g.outcomes().right()),
            sum(datasets, g -> g.outcomes().unparsed()),
            sum(datasets, g -> g.outcomes().abstained()),
            sum(datasets, g -> g.outcomes().unsupported()),
            sum(datasets, g -> g.outcomes().failed())),
        ungraded,
        ungradedFailed,
        datasets.isEmpty()
            ? Estimate.NONE
            : ClusteredMean.macro(datasets.stream().map(Summary.Group::accuracy).toList()),
        mean(datasets, Summary.Group::best),
        mean(datasets, Summary.Group::circular),
        mean(datasets, g -> g.judged() == null ? null : g.judged().score().mean()),
        sum(datasets, g -> g.judged() == null ? 0 : g.judged().failed()));
  }

  private static int sum(List<Summary.Group> groups, Function<Summary.Group, Integer> count) {
    return groups.stream().mapToInt(count::apply).sum();
  }

  private static @Nullable Double mean(
      List<Summary.Group> groups, Function<Summary.Group, @Nullable Double> value) {
    List<Double> there = new ArrayList<>();
    for (Summary.Group group : groups) {
      Double one = value.apply(group);
      if (one != null) {
        there.add(one);
      }
    }
    return there.isEmpty()
        ? null
        : there.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  private static Estimate macro(Map<String, Means> byDataset) {
    return byDataset.isEmpty()
        ? Estimate.NONE
        : ClusteredMean.macro(byDataset.values().stream().map(Means::estimate).toList());
  }

  private static List<Summary.Group> groups(Map<String, GroupTally> tallies) {
    return tallies.entrySet().stream().map(e -> e.getValue().group(e.getKey())).toList();
  }
}
