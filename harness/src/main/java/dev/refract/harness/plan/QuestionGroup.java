package dev.refract.harness.plan;

import dev.refract.harness.dataset.Question;
import dev.refract.harness.dataset.Sample;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Questions that share their captions.
///
/// @param captions for each caption sample, one per image
public record QuestionGroup(
    String dataset,
    Sample sample,
    List<Question> questions,
    @Nullable String query,
    List<List<PlannedCaption>> captions,
    Outcome.@Nullable Failed lost) {

  public List<PlannedQuestion> planned() {
    List<ItemResult.Image> images =
        sample.images().stream()
            .map(image -> new ItemResult.Image(image.name(), image.identity()))
            .toList();
    List<List<String>> fingerprints =
        captions.stream()
            .map(ofImages -> ofImages.stream().map(PlannedCaption::fingerprint).toList())
            .toList();
    return questions.stream()
        .map(question ->
            new PlannedQuestion(
                dataset,
                sample.category(),
                question,
                images,
                query,
                fingerprints,
                sample.images(),
                lost))
        .toList();
  }
}
