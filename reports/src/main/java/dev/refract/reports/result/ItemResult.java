package dev.refract.reports.result;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One question of a run with everything that led to its score: a line of `items.jsonl`.
///
/// @param images the question's images with their captions, at least one
/// @param category the benchmark's own grouping, such as `chart`
/// @param group the question's type within its benchmark, such as `two_values`
/// @param golds accepted answers; empty when the benchmark keeps them secret
/// @param attributes what the metric was told besides
/// @param prompt the exact text the answerer saw; null when it was never asked
/// @param reply the answerer's raw reply; null when there is none
public record ItemResult(
    String dataset,
    String questionId,
    List<Image> images,
    String category,
    String group,
    String question,
    List<String> choices,
    List<String> golds,
    String metric,
    Map<String, String> attributes,
    @Nullable String prompt,
    @Nullable String reply,
    Outcome outcome) {

  /// @param sha256 identity of the image's bytes
  /// @param captionFingerprint key of the caption in `captions.jsonl`
  public record Image(String name, String sha256, String captionFingerprint) {}

  /// The same question with another outcome.
  public ItemResult with(Outcome other) {
    return answered(prompt, reply, other);
  }

  /// The same question, answered anew.
  public ItemResult answered(
      @Nullable String newPrompt, @Nullable String newReply, Outcome newOutcome) {
    return new ItemResult(
        dataset,
        questionId,
        images,
        category,
        group,
        question,
        choices,
        golds,
        metric,
        attributes,
        newPrompt,
        newReply,
        newOutcome);
  }

  /// The cluster of the statistics: questions on the same images share their captions.
  public String cluster() {
    return images.stream().map(Image::sha256).collect(Collectors.joining("+"));
  }

  /// The images' names, for people.
  public String imageNames() {
    return images.stream().map(Image::name).collect(Collectors.joining(" + "));
  }
}
