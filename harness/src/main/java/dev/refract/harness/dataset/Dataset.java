package dev.refract.harness.dataset;

import java.util.List;

/// A benchmark as read from disk.
///
/// @param id name in results
/// @param layout what the folder was recognised as
/// @param ofImages how many images there are on disk; more than the samples once it is limited
public record Dataset(String id, String title, String layout, List<Sample> samples, int ofImages) {

  public Dataset {
    samples = List.copyOf(samples);
  }

  /// The whole dataset.
  public Dataset(String id, String title, String layout, List<Sample> samples) {
    this(id, title, layout, samples, samples.size());
  }

  public int questions() {
    return samples.stream().mapToInt(s -> s.questions().size()).sum();
  }

  /// The first `images` images, or all of them.
  public Dataset limited(int images) {
    return images >= samples.size()
        ? this
        : new Dataset(id, title, layout, samples.subList(0, images), ofImages);
  }
}
