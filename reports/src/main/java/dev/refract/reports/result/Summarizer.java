package dev.refract.reports.result;

import dev.refract.reports.result.Outcome.Abstained;
import dev.refract.reports.result.Outcome.Failed;
import dev.refract.reports.result.Outcome.Scored;
import dev.refract.reports.result.Outcome.Unparsed;
import dev.refract.reports.result.Outcome.Unscored;
import dev.refract.reports.result.Outcome.Unsupported;
import dev.refract.reports.stats.ClusteredMean;
import dev.refract.reports.stats.Estimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Figures from outcomes: a pure function of `items.jsonl`, the captions and the journals' times.
public final class Summarizer {

  /// Where the whole caption stands in a curve that is sorted by length.
  private static final int WHOLE = Integer.MAX_VALUE;

  private Summarizer() {}

  /// @param items that may be made, and scored, each time they are asked for
  /// @param captions that the items were answered from
  /// @param answering what the requests for answers tell
  /// @param hardware what telemetry tells
  /// @throws IllegalArgumentException when an item with golds has no score
  public static Summary summarize(
      Iterable<ItemResult> items,
      CaptionTally captions,
      MeterTally answering,
      HardwareTally hardware) {
    Set<String> truncated = captions.truncated();
    Clusters clusters = new Clusters();
    Map<String, Tally> byDataset = new LinkedHashMap<>();
    Map<String, Tally> byGroup = new LinkedHashMap<>();
    Map<String, Means> ended = new LinkedHashMap<>();
    Map<Integer, Map<String, Means>> byBudget = new TreeMap<>();
    Letters letters = new Letters();
    int ungraded = 0;
    int ungradedFailed = 0;
    for (ItemResult item : items) {
      if (item.golds().isEmpty()) {
        ungraded++; // nobody here can grade it
        ungradedFailed += item.foremost().outcome() instanceof Failed ? 1 : 0;
        continue;
      }
      String group = item.category() + " / " + item.group();
      clusters.next(item);
      byDataset.computeIfAbsent(item.dataset(), _ -> new Tally(clusters)).add(item);
      byGroup.computeIfAbsent(group, _ -> new Tally(clusters)).add(item);
      letters.add(item);
      item.counting()
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
            .map(e -> new Summary.Budget(e.getKey() == WHOLE ? 0 : e.getKey(), macro(e.getValue())))
            .toList(),
        captions.health(macro(ended)),
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

  /// Of results that nobody timed.
  public static Summary summarize(Iterable<ItemResult> items, CaptionTally captions) {
    return summarize(items, captions, new MeterTally(), new HardwareTally());
  }

  /// The scores at each length of the caption; the whole one is asked in the same way as the cut
  /// ones, unrotated and once.
  private static void curve(
      ItemResult item, Clusters clusters, Map<Integer, Map<String, Means>> byBudget) {
    if (item.trials().stream().allMatch(Trial::counts)) {
      return;
    }
    item.trials().stream()
        .filter(t -> t.rotation() == 0 && t.repeat() == 0)
        .collect(
            Collectors.groupingBy(
                t -> t.counts() ? WHOLE : t.budget(),
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
        sum(datasets, Summary.Group::right),
        sum(datasets, Summary.Group::unparsed),
        sum(datasets, Summary.Group::abstained),
        sum(datasets, Summary.Group::unsupported),
        sum(datasets, Summary.Group::failed),
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

  private static List<Summary.Group> groups(Map<String, Tally> tallies) {
    return tallies.entrySet().stream().map(e -> e.getValue().group(e.getKey())).toList();
  }

  /// Numbers for the images, or sets of images, that questions stand on, as they first appear.
  private static final class Clusters {

    private final Map<String, Integer> numbers = new HashMap<>();
    private int current;

    void next(ItemResult item) {
      current = numbers.computeIfAbsent(item.cluster(), _ -> numbers.size());
    }
  }

  /// Scores of questions with the clusters that they belong to: numbers, since there may be
  /// millions.
  private static final class Means {

    private final Clusters clusters;
    private int[] numbers = new int[16];
    private double[] scores = new double[16];
    private int size;

    Means(Clusters clusters) {
      this.clusters = clusters;
    }

    /// The score of the question that is at hand.
    void add(double score) {
      if (size == scores.length) {
        numbers = Arrays.copyOf(numbers, 2 * size);
        scores = Arrays.copyOf(scores, 2 * size);
      }
      numbers[size] = clusters.current;
      scores[size++] = score;
    }

    int size() {
      return size;
    }

    double mean() {
      return Arrays.stream(scores, 0, size).average().orElse(0);
    }

    Estimate estimate() {
      return ClusteredMean.of(numbers, scores, size);
    }
  }

  /// The counts of one group while its items pass by.
  private static final class Tally {

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

    Tally(Clusters clusters) {
      this.clusters = clusters;
      this.scores = new Means(clusters);
      this.best = new Means(clusters);
      this.replied = new Means(clusters);
      this.circular = new Means(clusters);
      this.judged = new Means(clusters);
    }

    void add(ItemResult item) {
      item.counting().forEach(this::count);
      scores.add(item.score());
      best.add(item.best());
      item.counting()
          .map(Trial::outcome)
          .filter(outcome -> !(outcome instanceof Failed))
          .mapToDouble(Outcome::score)
          .average()
          .ifPresent(replied::add);
      samples |= item.counting().anyMatch(t -> t.sample() > 0);
      if (item.counting().anyMatch(t -> t.rotation() > 0)) {
        circular.add(item.circular());
      }
      item.repeats()
          .forEach((number, mean) ->
              repeats.computeIfAbsent(number, _ -> new Means(clusters)).add(mean));
      item.counting()
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
        case Unscored _ -> throw new IllegalArgumentException("a gold, and no score");
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
          right,
          unparsed,
          abstained,
          unsupported,
          failed,
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

  /// Which letters were chosen, and which were right, as options were shown.
  private static final class Letters {

    private final Map<String, int[]> counts = new TreeMap<>();

    void add(ItemResult item) {
      if (item.choices().isEmpty()) {
        return;
      }
      item.counting()
          .forEach(trial -> {
            item.golds().forEach(gold -> count(trial, gold, 1));
            if (trial.outcome() instanceof Scored scored) {
              count(trial, scored.answer(), 0);
            }
          });
    }

    private void count(Trial trial, String letter, int column) {
      int place = letter.length() == 1 ? trial.order().indexOf(letter.charAt(0) - 'A') : -1;
      if (place >= 0) {
        counts.computeIfAbsent(String.valueOf((char) ('A' + place)), _ -> new int[2])[column]++;
      }
    }

    Map<String, Summary.Letter> counts() {
      Map<String, Summary.Letter> letters = new LinkedHashMap<>();
      counts.forEach((letter, n) -> letters.put(letter, new Summary.Letter(n[0], n[1])));
      return letters;
    }
  }
}
