package dev.refract.reports.compare;

import dev.refract.reports.result.ItemResult;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The questions that two runs share: the same id in the same dataset, and the same content.
///
/// @param matched in the order of A
/// @param onlyA ids that B does not have
/// @param onlyB ids that A does not have
/// @param changed ids whose question, options, golds or images differ
public record Join(
    List<Match> matched, List<String> onlyA, List<String> onlyB, List<String> changed) {

  public record Match(ItemResult a, ItemResult b) {}

  /// Questions without golds are left out, since nobody here can grade them.
  public static Join of(List<ItemResult> a, List<ItemResult> b) {
    Map<String, ItemResult> others = new LinkedHashMap<>();
    for (ItemResult item : b) {
      if (!item.golds().isEmpty()) {
        others.put(key(item), item);
      }
    }
    List<Match> matched = new ArrayList<>();
    List<String> onlyA = new ArrayList<>();
    List<String> changed = new ArrayList<>();
    for (ItemResult item : a) {
      if (!item.golds().isEmpty()) {
        ItemResult other = others.remove(key(item));
        if (other == null) {
          onlyA.add(key(item));
        } else if (!content(item).equals(content(other))) {
          changed.add(key(item));
        } else {
          matched.add(new Match(item, other));
        }
      }
    }
    return new Join(matched, onlyA, List.copyOf(others.keySet()), changed);
  }

  /// How many questions have no partner.
  public int unmatched() {
    return onlyA.size() + onlyB.size() + changed.size();
  }

  private static String key(ItemResult item) {
    return item.dataset() + " " + item.questionId();
  }

  private static List<Object> content(ItemResult item) {
    return List.of(item.question(), item.choices(), item.golds(), item.cluster());
  }
}
