package dev.refract.harness.dataset;

import java.util.List;

/// A benchmark as read from disk.
///
/// @param id name in results
/// @param layout what the folder was recognised as
public record Dataset(String id, String title, String layout, List<Sample> samples) {

  public Dataset {
    samples = List.copyOf(samples);
  }

  public int questions() {
    return samples.stream().mapToInt(s -> s.questions().size()).sum();
  }

  /// The first `images` images, or all of them.
  public Dataset limited(int images) {
    return images >= samples.size()
        ? this
        : new Dataset(id, title, layout, samples.subList(0, images));
  }
}
