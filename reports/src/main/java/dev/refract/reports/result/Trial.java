package dev.refract.reports.result;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One trial of a question.
///
/// @param sample number of the caption sample that it used, from 0
/// @param rotation number of places by which the options were rotated, from 0
/// @param repeat number of the repeat, from 0
/// @param budget number of pieces to which the caption was cut, or 0 for the whole caption; only
///   trials with the whole caption count towards accuracy
/// @param order the options as shown, by their index in the data, from 0; an index past the last
///   option is the option "the caption does not contain the answer"; empty for free answers
/// @param captions keys in `captions.jsonl`, one for each image
/// @param prompt the exact text sent to the answerer; null when the question was not asked
/// @param reply the answerer's raw reply; null when there is none
/// @param judged the judge's verdict on the reply; null without a judge
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
