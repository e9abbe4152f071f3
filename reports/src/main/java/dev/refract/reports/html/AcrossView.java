package dev.refract.reports.html;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Images with the captions of all runs that may be compared, side by side, and a table of their
/// questions.
///
/// @param group letter of the group, or empty for the only one
/// @param previous file of the page before, or null on the first
/// @param next file of the page after, or null on the last
public record AcrossView(
    String group,
    @Nullable String previous,
    @Nullable String next,
    int number,
    int count,
    List<ImageRow> images) {

  /// One image, or several that share a question.
  public record ImageRow(
      String name, List<Picture> pictures, List<Column> runs, List<QuestionRow> questions) {}

  /// @param file below the site's `images/`; empty where it may not be shown
  public record Picture(String name, String file, String absence) {}

  /// @param caption empty where the run has none
  public record Column(String run, String link, String caption) {}

  /// @param cells of the runs, in their order
  public record QuestionRow(String question, String gold, List<Cell> cells) {}

  /// @param outcome in one word; empty where the run does not have the question
  /// @param link to the evidence
  public record Cell(String answer, String outcome, String link) {

    static final Cell NONE = new Cell("", "", "");
  }
}
