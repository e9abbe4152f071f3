package dev.refract.reports.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The questions that two runs share: the same id in the same dataset, and the same content.
///
/// @param matched in the order of A
/// @param onlyA keys that B does not have
/// @param onlyB keys that A does not have
/// @param changed keys whose question, options, golds or images differ
public record Join(
    List<Match> matched, List<String> onlyA, List<String> onlyB, List<String> changed) {

  public record Match(ScoredQuestion a, ScoredQuestion b) {

    /// Score of B minus score of A.
    public double gain() {
      return b.score() - a.score();
    }
  }

  public static Join of(List<ScoredQuestion> a, List<ScoredQuestion> b) {
    Map<String, ScoredQuestion> others = new LinkedHashMap<>();
    b.forEach(question -> others.put(question.key(), question));
    List<Match> matched = new ArrayList<>();
    List<String> onlyA = new ArrayList<>();
    List<String> changed = new ArrayList<>();
    for (ScoredQuestion question : a) {
      ScoredQuestion other = others.remove(question.key());
      if (other == null) {
        onlyA.add(question.key());
      } else if (question.content() != other.content()) {
        changed.add(question.key());
      } else {
        matched.add(new Match(question, other));
      }
    }
    return new Join(matched, onlyA, List.copyOf(others.keySet()), changed);
  }

  /// Number of questions without a match.
  public int unmatched() {
    return onlyA.size() + onlyB.size() + changed.size();
  }
}
