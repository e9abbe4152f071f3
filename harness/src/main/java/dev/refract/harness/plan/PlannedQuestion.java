package dev.refract.harness.plan;

import dev.refract.harness.dataset.ImageFile;
import dev.refract.harness.dataset.Question;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.result.Trial;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A question of a run and the captions that it is asked on.
///
/// @param query what captioners were told to look at for its sake, or null
/// @param captions fingerprints: for each caption sample one for each image
/// @param files the images themselves; empty where only their captions are left
/// @param lost why it is not asked at all, or null
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
