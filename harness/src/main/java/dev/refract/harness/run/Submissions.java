package dev.refract.harness.run;

import dev.refract.reports.file.RunJson;
import dev.refract.reports.result.ItemResult;
import dev.refract.reports.result.Outcome;
import dev.refract.reports.result.RunFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Submission files for questions with secret golds, in the format of the server of DocVQA and
/// InfographicVQA (the Robust Reading Competition): a list of `questionId` and `answer`.
final class Submissions {

  private Submissions() {}

  /// Writes `submission-<dataset>.json` for every dataset of the run that has such questions.
  static void write(RunFile run, Iterable<ItemResult> items) throws IOException {
    Map<String, List<Map<String, Object>>> byDataset = new LinkedHashMap<>();
    for (ItemResult item : items) {
      if (item.golds().isEmpty()) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("questionId", number(item.questionId()));
        answer.put(
            "answer",
            item.representative().outcome() instanceof Outcome.Unscored u ? u.answer() : "");
        byDataset.computeIfAbsent(item.dataset(), _ -> new ArrayList<>()).add(answer);
      }
    }
    for (Map.Entry<String, List<Map<String, Object>>> entry : byDataset.entrySet()) {
      RunJson.replace(run.submissionFile(entry.getKey()), RunJson.pretty(entry.getValue()));
    }
  }

  /// The server identifies its questions by number.
  private static Object number(String id) {
    return id.matches("\\d{1,18}") ? Long.valueOf(id) : id;
  }
}
