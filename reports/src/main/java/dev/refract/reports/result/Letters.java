package dev.refract.reports.result;

import dev.refract.reports.result.Outcome.Scored;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/// Counts how often each option letter was chosen and how often it was right, in the order shown.
public final class Letters {

  private final Map<String, int[]> counts = new TreeMap<>();

  public void add(ItemResult item) {
    if (item.choices().isEmpty()) {
      return;
    }
    item.scoredTrials()
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

  public Map<String, Summary.Letter> counts() {
    Map<String, Summary.Letter> letters = new LinkedHashMap<>();
    counts.forEach((letter, n) -> letters.put(letter, new Summary.Letter(n[0], n[1])));
    return letters;
  }
}
