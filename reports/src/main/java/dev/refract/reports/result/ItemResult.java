package dev.refract.reports.result;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// One question of a run with everything that led to its score: a line of `items.jsonl`.
///
/// @param images the question's images, at least one
/// @param category the benchmark's own grouping, such as `chart`
/// @param group the question's type within its benchmark, such as `two_values`
/// @param golds accepted answers; empty when the benchmark keeps them secret
/// @param attributes further inputs of the metric
/// @param query what captioners were asked to look at for this question, or null
/// @param trials trials of the question, at least one
public record ItemResult(
    String dataset,
    String questionId,
    List<Image> images,
    String category,
    String group,
    String question,
    List<String> choices,
    List<String> golds,
    String metric,
    Map<String, String> attributes,
    @Nullable String query,
    List<Trial> trials) {

  /// @param sha256 identity of the image's bytes
  public record Image(String name, String sha256) {}

  /// The same question with other trials.
  public ItemResult with(List<Trial> others) {
    return new ItemResult(
        dataset,
        questionId,
        images,
        category,
        group,
        question,
        choices,
        golds,
        metric,
        attributes,
        query,
        others);
  }

  /// The trials that count towards accuracy.
  public Stream<Trial> scoredTrials() {
    return trials.stream().filter(Trial::counts);
  }

  /// The mean over the trials that count, in [0, 1].
  public double score() {
    return scoredTrials().mapToDouble(t -> t.outcome().score()).average().orElse(0);
  }

  /// The mean score on the best of its captions: an oracle, since no reader knows which caption is
  /// best.
  public double best() {
    Map<Integer, Double> bySample =
        scoredTrials()
            .collect(
                Collectors.groupingBy(
                    Trial::sample, Collectors.averagingDouble(t -> t.outcome().score())));
    return bySample.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
  }

  /// The share of its captions and repeats with a right answer in every rotation of the options.
  public double circular() {
    Map<List<Integer>, Boolean> all =
        scoredTrials()
            .collect(
                Collectors.toMap(
                    t -> List.of(t.sample(), t.repeat()),
                    t -> t.outcome().score() == 1,
                    Boolean::logicalAnd));
    return all.values().stream().mapToInt(right -> right ? 1 : 0).average().orElse(0);
  }

  /// The mean of each repeat.
  public Map<Integer, Double> repeats() {
    return scoredTrials()
        .collect(
            Collectors.groupingBy(
                Trial::repeat, TreeMap::new, Collectors.averagingDouble(t -> t.outcome().score())));
  }

  /// The trial that represents the question: a failed one if there is any, else the first.
  public Trial representative() {
    return scoredTrials()
        .min(Comparator.comparing(t -> !(t.outcome() instanceof Outcome.Failed)))
        .orElseThrow();
  }

  /// The question's cluster for statistics: questions on the same images share their captions.
  public String cluster() {
    return images.stream().map(Image::sha256).collect(Collectors.joining("+"));
  }

  /// The images' names, for display.
  public String imageNames() {
    return images.stream().map(Image::name).collect(Collectors.joining(" + "));
  }
}
