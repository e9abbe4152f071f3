package dev.refract.reports.html;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One page of a run's questions.
///
/// @param previous file of the page before, or null on the first
/// @param next file of the page after, or null on the last
public record QuestionsView(
    String run,
    int number,
    int count,
    @Nullable String previous,
    @Nullable String next,
    Set<String> outcomes,
    List<RunView.QuestionRow> rows) {

  static QuestionsView of(String run, int number, int count, List<RunPages.PageRef> placed) {
    List<RunView.QuestionRow> rows = placed.stream().map(RunView::row).toList();
    Set<String> outcomes = new LinkedHashSet<>();
    rows.forEach(row -> outcomes.add(row.outcome()));
    return new QuestionsView(
        run,
        number + 1,
        count,
        number == 0 ? null : RunView.list(number - 1),
        number == count - 1 ? null : RunView.list(number + 1),
        outcomes,
        rows);
  }
}
