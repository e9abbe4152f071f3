package dev.refract.reports.compare;

import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.Outcome;
import java.util.List;

/// The part of a question's result that statistics need: small enough to keep many runs in memory.
///
/// @param key dataset and question id
/// @param group its name on pages, such as `chartqa: chart / human`
/// @param content hash of question, options, golds and images
/// @param cluster its images
/// @param score in [0, 1]
/// @param failed share of its answers that failed, in [0, 1]
public record ScoredQuestion(
    String key,
    String dataset,
    String group,
    int content,
    String cluster,
    double score,
    double failed) {

  static ScoredQuestion of(ItemResult item) {
    return new ScoredQuestion(
        key(item),
        item.dataset().intern(),
        "%s: %s / %s".formatted(item.dataset(), item.category(), item.group()).intern(),
        List.of(item.question(), item.choices(), item.golds(), item.cluster()).hashCode(),
        item.cluster().intern(),
        item.score(),
        item.scoredTrials()
            .mapToDouble(trial -> trial.outcome() instanceof Outcome.Failed ? 1 : 0)
            .average()
            .orElse(0));
  }

  /// The key of a question, the same in all runs.
  public static String key(ItemResult item) {
    return key(item.dataset(), item.questionId());
  }

  public static String key(String dataset, String questionId) {
    return (dataset + " " + questionId).intern();
  }

  /// The questions of a run that can be graded here.
  public static List<ScoredQuestion> of(List<ItemResult> items) {
    return items.stream().filter(item -> !item.golds().isEmpty()).map(ScoredQuestion::of).toList();
  }
}
