package dev.refract.reports.tally;

import dev.refract.reports.result.ItemResult;
import java.util.HashMap;
import java.util.Map;

/// Numbers the images, or sets of images, of questions in the order of their first appearance.
public final class Clusters {

  private final Map<String, Integer> numbers = new HashMap<>();
  private int current;

  /// Makes an item the current one.
  void next(ItemResult item) {
    current = numbers.computeIfAbsent(item.cluster(), _ -> numbers.size());
  }

  /// The cluster number of the current item.
  int current() {
    return current;
  }
}
