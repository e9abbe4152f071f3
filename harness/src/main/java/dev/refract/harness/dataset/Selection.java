package dev.refract.harness.dataset;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Which part of a dataset is used. Applied in this order: ids, filters, random sample, limit. The
/// random sample and the limit keep or drop an image with all its remaining questions; samples stay
/// in the dataset's order.
///
/// @param limit maximum number of images, or null
/// @param sample number of images to draw, stratified by group, or null
/// @param seed seed of the draw
/// @param filters accepted values by `group`, `category` or `metric`
/// @param ids ids of the questions to use, or null for all
public record Selection(
    @Nullable Integer limit,
    @Nullable Integer sample,
    long seed,
    Map<String, Set<String>> filters,
    @Nullable Set<String> ids) {

  public static final Selection ALL = new Selection(null, null, 0, Map.of(), null);
  public static final List<String> FILTERS = List.of("group", "category", "metric");

  public static Selection first(int images) {
    return new Selection(images, null, 0, Map.of(), null);
  }

  /// @throws DatasetException when an id or a filter value does not occur in the dataset
  public Dataset of(Dataset dataset) {
    List<Sample> left = dataset.samples();
    List<String> words = new ArrayList<>();
    if (ids != null) {
      left = withIds(dataset, ids);
      words.add(ids.size() + " ids");
    }
    for (Map.Entry<String, Set<String>> filter : filters.entrySet()) {
      left = filtered(dataset, left, filter.getKey(), filter.getValue());
      words.add(filter.getKey() + "=" + String.join(",", filter.getValue()));
    }
    if (sample != null && sample < left.size()) {
      left = drawn(left, sample, new Random(seed));
      words.add("sample " + sample + " seed " + seed);
    }
    if (limit != null && limit < left.size()) {
      left = left.subList(0, limit);
      words.add("the first " + limit);
    }
    return words.isEmpty() ? dataset : dataset.narrowed(left, String.join(", ", words));
  }

  private static List<Sample> withIds(Dataset dataset, Set<String> ids) {
    List<Sample> left = new ArrayList<>();
    Set<String> missing = new TreeSet<>(ids);
    for (Sample sample : dataset.samples()) {
      List<Question> some = sample.questions().stream().filter(q -> ids.contains(q.id())).toList();
      some.forEach(q -> missing.remove(q.id()));
      if (!some.isEmpty()) {
        left.add(sample.with(some));
      }
    }
    if (!missing.isEmpty()) {
      throw new DatasetException(
          "dataset '%s': %d of %d ids were not found, such as '%s'"
              .formatted(dataset.id(), missing.size(), ids.size(), missing.iterator().next()));
    }
    return left;
  }

  private static List<Sample> filtered(
      Dataset dataset, List<Sample> samples, String key, Set<String> values) {
    List<Sample> left = new ArrayList<>();
    Set<String> seen = new TreeSet<>();
    for (Sample sample : samples) {
      List<Question> some =
          sample.questions().stream()
              .filter(q -> {
                String value =
                    switch (key) {
                      case "group" -> q.group();
                      case "metric" -> q.metric();
                      default -> sample.category();
                    };
                seen.add(value);
                return values.contains(value);
              })
              .toList();
      if (!some.isEmpty()) {
        left.add(sample.with(some));
      }
    }
    Set<String> nowhere = new TreeSet<>(values);
    nowhere.removeAll(seen);
    if (!nowhere.isEmpty()) {
      throw new DatasetException(
          "dataset '%s': no question has %s=%s; available: %s"
              .formatted(
                  dataset.id(),
                  key,
                  String.join(",", nowhere),
                  String.join(", ", seen.stream().limit(20).toList())));
    }
    return left;
  }

  /// A proportional share of each stratum; the largest remainders are rounded up. A stratum is all
  /// images whose first question has the same group.
  private static List<Sample> drawn(List<Sample> samples, int wanted, Random random) {
    Map<String, List<Integer>> strata = new LinkedHashMap<>();
    for (int i = 0; i < samples.size(); i++) {
      strata
          .computeIfAbsent(samples.get(i).questions().getFirst().group(), _ -> new ArrayList<>())
          .add(i);
    }
    Set<Integer> taken = new LinkedHashSet<>();
    List<Map.Entry<Double, Integer>> remainders = new ArrayList<>();
    for (List<Integer> stratum : strata.values()) {
      Collections.shuffle(stratum, random);
      double share = (double) wanted * stratum.size() / samples.size();
      int whole = (int) share;
      taken.addAll(stratum.subList(0, whole));
      if (whole < stratum.size()) {
        remainders.add(Map.entry(share - whole, stratum.get(whole)));
      }
    }
    remainders.sort(Map.Entry.<Double, Integer>comparingByKey().reversed());
    for (int i = 0; taken.size() < wanted; i++) {
      taken.add(remainders.get(i).getValue());
    }
    return new TreeSet<>(taken).stream().map(samples::get).toList();
  }
}
