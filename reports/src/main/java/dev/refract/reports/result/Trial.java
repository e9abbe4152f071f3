package dev.refract.reports.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One time that a question was asked.
///
/// @param sample which of the captions of its images it was asked on, from 0
/// @param rotation by how many places the options were moved on, from 0
/// @param repeat which of several times that the same was asked, from 0
/// @param budget to how many pieces the caption was cut, or 0 for the whole caption; only these
///   count towards accuracy
/// @param order the options as they were shown, by their place in the data from 0; a place past the
///   last option is the one that says that the caption does not tell; empty for free answers
/// @param captions keys in `captions.jsonl`, one for each image
/// @param prompt the exact text the answerer saw; null when it was never asked
/// @param reply the answerer's raw reply; null when there is none
/// @param judged what a judge made of the reply; null when none was asked
public record Trial(
    int sample,
    int rotation,
    int repeat,
    int budget,
    List<Integer> order,
    List<String> captions,
    @Nullable String prompt,
    @Nullable String reply,
    Outcome outcome,
    @Nullable Outcome judged) {

  public Trial with(Outcome other) {
    return new Trial(
        sample, rotation, repeat, budget, order, captions, prompt, reply, other, judged);
  }

  /// Whether it counts towards accuracy.
  public boolean counts() {
    return budget == 0;
  }
}
