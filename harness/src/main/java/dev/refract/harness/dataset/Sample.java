package dev.refract.harness.dataset;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The questions about the same images, usually one image.
///
/// @param images at least one, in the order in which the questions refer to them
/// @param category the benchmark's own grouping, such as `chart`
/// @param description the ground-truth description, if the dataset has one
public record Sample(
    List<ImageFile> images,
    String category,
    @Nullable String description,
    List<Question> questions) {

  public Sample {
    images = List.copyOf(images);
    questions = List.copyOf(questions);
  }

  /// The images' names, for display.
  public String name() {
    return images.stream().map(ImageFile::name).collect(Collectors.joining(" + "));
  }

  public Sample with(List<Question> some) {
    return new Sample(images, category, description, some);
  }
}
