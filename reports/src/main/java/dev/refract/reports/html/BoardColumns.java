package dev.refract.reports.html;

import static dev.refract.reports.render.NumberFormats.FORMAT;

import dev.refract.reports.html.BoardView.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The columns of a board after the accuracies. A column that no row has is left out; what all rows
/// have in common is said once, below the table.
///
/// @param group whether rows fall into groups
/// @param answerer whether there are several answerers
/// @param attained whether any row has a floor and a ceiling
/// @param shown from left to right
/// @param common the other columns
public record BoardColumns(
    boolean group, boolean answerer, boolean attained, List<Column> shown, List<Common> common) {

  /// @param help for the heading, or empty
  /// @param cells of the rows, in their order
  public record Column(String name, String help, List<String> cells) {}

  /// @param value the same in every row
  public record Common(String name, String value) {}

  /// A share that is said once where no row has more of it, though some rows have no such share.
  private static final String NOTHING = FORMAT.percentSign(0.0);

  private record Definition(String name, String help, Function<Row, String> cell) {}

  private static final List<Definition> ALL =
      List.of(
          column(
              "Lift over blind",
              "Points above the blind control, which gives no caption",
              row -> FORMAT.points(row.scores().lift())),
          column(
              "Best of n (oracle)",
              "Oracle: the best of the captions for each question",
              row -> FORMAT.percent(row.scores().best())),
          column(
              "Circular",
              "Choice questions answered correctly in every rotation of the options",
              row -> FORMAT.percent(row.scores().circular())),
          column(
              "Judged",
              "Free answers scored by an LLM judge; never part of the accuracy",
              row -> FORMAT.percent(row.scores().judged())),
          column("Questions", "", row -> "" + row.questions()),
          column("Images", "", row -> "" + row.images()),
          column(
              "Abstained",
              "Replies that the caption does not contain the answer",
              row -> FORMAT.percentSign(row.outcomes().abstained())),
          column(
              "Unparsed",
              "Replies without an answer in the requested form",
              row -> FORMAT.percentSign(row.outcomes().unparsed())),
          column(
              "Unsupported",
              "Answers whose comparison needs a computer algebra system; counted as 0",
              row -> FORMAT.percentSign(row.outcomes().unsupported())),
          column(
              "Failed",
              "Questions without a reply; counted as wrong",
              row -> FORMAT.percentSign(row.outcomes().failed())),
          column(
              "Words per caption",
              "",
              row -> row.captions().words() == 0 ? FORMAT.text("") : "" + row.captions().words()),
          column(
              "Truncated",
              "Captions that ended at the token limit",
              row -> FORMAT.percentSign(row.captions().truncated())),
          column("Empty", "Captions without a word", row -> captioned(row, row.captions().empty())),
          column(
              "Filtered",
              "Captions that the provider filtered or the model refused",
              row -> captioned(row, row.captions().filtered())),
          column(
              "Answers truncated",
              "Answers that ended at the token limit",
              row -> FORMAT.percentSign(row.captions().cutAnswers())),
          column(
              "Looping",
              "Captions that repeat the same text over and over",
              row -> FORMAT.percentSign(row.captions().looping())),
          column(
              "Captions/s",
              "Captions per second, over the time during which at least one caption was in"
                  + " progress",
              row -> FORMAT.decimal(row.speed().captions())),
          column(
              "Captions/s, cache-warm",
              "Captions per second of servers with a cache hit rate above 50 %",
              row -> FORMAT.decimal(row.speed().warmCaptions())),
          column("Captions/s per GPU", "", row -> FORMAT.decimal(row.speed().perGpu())),
          column(
              "Tokens/s",
              "Output tokens per second as counted by the server; per GPU where the GPUs are known",
              row -> FORMAT.decimal(row.speed().tokens())),
          column(
              "J/caption",
              "GPU energy of the caption stage, per caption",
              row -> FORMAT.decimal(row.speed().joules())));

  private static Definition column(String name, String help, Function<Row, String> cell) {
    return new Definition(name, help, cell);
  }

  /// A control has no captions of its own.
  private static String captioned(Row row, @Nullable Double share) {
    return row.label().control() ? FORMAT.text("") : FORMAT.percentSign(share);
  }

  static BoardColumns of(List<Row> rows) {
    List<Column> shown = new ArrayList<>();
    List<Common> common = new ArrayList<>();
    for (Definition definition : ALL) {
      List<String> cells = rows.stream().map(definition.cell).toList();
      List<String> known =
          cells.stream().distinct().filter(cell -> !cell.equals(FORMAT.text(""))).toList();
      boolean same =
          known.size() == 1 && (!cells.contains(FORMAT.text("")) || known.equals(List.of(NOTHING)));
      if (same && rows.size() > 1) {
        common.add(new Common(definition.name, known.getFirst()));
      } else if (!known.isEmpty()) {
        shown.add(new Column(definition.name, definition.help, cells));
      }
    }
    return new BoardColumns(
        rows.stream().anyMatch(r -> !r.label().group().isEmpty()),
        rows.stream().map(r -> r.label().answerer()).distinct().count() > 1,
        rows.stream().anyMatch(r -> r.scores().attained() != null),
        shown,
        common);
  }
}
