package dev.refract.harness.plan;

import dev.refract.harness.dataset.ImageFile;
import dev.refract.harness.dataset.Question;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.result.Trial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A question of a run and the captions from which it is answered.
///
/// @param query what the captioner must look at for this question, or null
/// @param captions fingerprints: for each caption sample, one per image
/// @param files the images themselves; empty when only their captions are available
/// @param lost why the question is not asked at all, or null
public record PlannedQuestion(
    String dataset,
    String category,
    Question question,
    List<ItemResult.Image> images,
    @Nullable String query,
    List<List<String>> captions,
    List<ImageFile> files,
    Outcome.@Nullable Failed lost) {

  public ItemResult result(List<Trial> trials, String metric) {
    return new ItemResult(
        dataset,
        question.id(),
        images,
        category,
        question.group(),
        question.text(),
        question.choices(),
        question.golds(),
        metric,
        question.attributes(),
        query,
        trials);
  }
}
