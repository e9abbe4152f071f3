package dev.refract.reports.tally;

import dev.refract.reports.result.ItemResult;
import java.util.HashMap;
import java.util.Map;

/// Numbers for the images, or sets of images, that questions stand on, as they first appear.
public final class Clusters {

  private final Map<String, Integer> numbers = new HashMap<>();
  private int current;

  /// The item that is at hand from here on.
  void next(ItemResult item) {
    current = numbers.computeIfAbsent(item.cluster(), _ -> numbers.size());
  }

  /// The number of the item that is at hand.
  int current() {
    return current;
  }
}
