package dev.refract.reports.compare;

import dev.refract.reports.stats.AttainableShare;
import dev.refract.reports.stats.AttainableShare.Observation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The attainable share of a run, from its questions and those of its controls.
public final class Attainment {

  private Attainment() {}

  /// Every benchmark has the same weight. Only questions that all three have count.
  public static Optional<AttainableShare> of(
      List<ScoredQuestion> run, List<ScoredQuestion> floor, List<ScoredQuestion> ceiling) {
    Map<String, ScoredQuestion> low = byKey(floor);
    Map<String, ScoredQuestion> high = byKey(ceiling);
    List<ScoredQuestion> shared = new ArrayList<>();
    for (ScoredQuestion question : run) {
      if (isIn(low, question) && isIn(high, question)) {
        shared.add(question);
      }
    }
    Map<String, Long> sizes =
        shared.stream()
            .collect(Collectors.groupingBy(ScoredQuestion::dataset, Collectors.counting()));
    List<Observation> observations = new ArrayList<>();
    for (ScoredQuestion question : shared) {
      double weight = 1.0 / sizes.getOrDefault(question.dataset(), 1L);
      observations.add(
          new Observation(
              question.dataset() + " " + question.cluster(),
              weight * question.score(),
              weight * score(low, question),
              weight * score(high, question)));
    }
    return AttainableShare.of(observations);
  }

  private static boolean isIn(Map<String, ScoredQuestion> all, ScoredQuestion question) {
    ScoredQuestion other = all.get(question.key());
    return other != null && other.content() == question.content();
  }

  private static double score(Map<String, ScoredQuestion> all, ScoredQuestion question) {
    ScoredQuestion other = all.get(question.key());
    return other == null ? 0 : other.score();
  }

  private static Map<String, ScoredQuestion> byKey(List<ScoredQuestion> questions) {
    Map<String, ScoredQuestion> byKey = new HashMap<>();
    questions.forEach(q -> byKey.put(q.key(), q));
    return byKey;
  }
}
