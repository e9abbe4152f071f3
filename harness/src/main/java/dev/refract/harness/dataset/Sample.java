package dev.refract.harness.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One image and the questions on it.
///
/// @param image name of the image in its dataset, with `/`
/// @param file where its bytes are
/// @param category the benchmark's own grouping, such as `chart`
/// @param description the ground-truth description, if the dataset has one
public record Sample(
    String image,
    Path file,
    String category,
    @Nullable String description,
    List<Question> questions) {

  public Sample {
    questions = List.copyOf(questions);
  }

  public byte[] bytes() throws IOException {
    return Files.readAllBytes(file);
  }
}
