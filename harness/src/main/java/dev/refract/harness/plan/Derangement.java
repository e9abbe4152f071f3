package dev.refract.harness.plan;

import dev.refract.harness.dataset.Dataset;
import dev.refract.harness.dataset.ImageFile;
import dev.refract.harness.dataset.Sample;
import dev.refract.harness.journal.RunException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Maps every image of a dataset to another one, never to itself: the next in a random order given
/// by the seed.
public final class Derangement {

  private final Map<String, Described> next = new HashMap<>();

  /// An image with the dataset's own description of it, or null.
  record Described(ImageFile image, @Nullable String description) {}

  /// @throws RunException when there are fewer than two images
  Derangement(Dataset dataset, long seed) {
    Map<String, Described> images = new LinkedHashMap<>();
    for (Sample sample : dataset.samples()) {
      for (ImageFile image : sample.images()) {
        images.putIfAbsent(image.identity(), new Described(image, sample.description()));
      }
    }
    if (images.size() < 2) {
      throw new RunException(
          "dataset '%s' has one image, but the control 'placebo' needs another one to describe"
              .formatted(dataset.id()));
    }
    List<Map.Entry<String, Described>> order = new ArrayList<>(images.entrySet());
    Collections.shuffle(order, new Random(seed));
    for (int i = 0; i < order.size(); i++) {
      next.put(order.get(i).getKey(), order.get((i + 1) % order.size()).getValue());
    }
  }

  Described of(ImageFile image) {
    return Objects.requireNonNull(next.get(image.identity()));
  }
}
