package dev.refract.harness.cli.text;

import dev.refract.reports.compare.Comparison;
import dev.refract.reports.compare.Comparison.Flip;
import dev.refract.reports.compare.Comparison.Ratio;
import dev.refract.reports.compare.Comparison.Row;
import dev.refract.reports.compare.WordDiff;
import dev.refract.reports.render.Markdown;
import java.util.ArrayList;
import java.util.List;

/// Formats comparisons as plain text or Markdown.
public record ComparisonText(double alpha) {

  private static final int SHOWN_WORDS = 12;
  private static final int MAX_CAPTION_CHARS = 400;

  public String plain(List<Comparison> comparisons) {
    StringBuilder text = new StringBuilder();
    for (Comparison c : comparisons) {
      text.append("%s -> %s%n".formatted(c.baseline(), c.candidate()));
      notes(c).forEach(note -> text.append("  note: ").append(note).append('\n'));
      text.append(table(c.rows(), "  "));
      for (Row row : c.rows()) {
        text.append("  %s: %s%n".formatted(row.name(), row.verdict(c.candidate(), alpha)));
      }
      text.append("  captions/s: ").append(throughput(c)).append('\n');
      if (!c.categories().isEmpty()) {
        text.append("\n  By group, exploratory (p adjusted by Benjamini-Hochberg):\n");
        text.append(table(c.categories(), "  "));
      }
      flips(c, text);
      text.append('\n');
    }
    return text.toString();
  }

  public String markdown(List<Comparison> comparisons) {
    StringBuilder text = new StringBuilder();
    for (Comparison c : comparisons) {
      text.append(
          "### %s → %s%n%n"
              .formatted(Markdown.escaped(c.baseline()), Markdown.escaped(c.candidate())));
      for (Row row : c.rows()) {
        text.append(
            "- **%s**: %s%n"
                .formatted(
                    Markdown.escaped(row.name()),
                    Markdown.escaped(row.verdict(c.candidate(), alpha))));
      }
      text.append("- captions/s: %s%n".formatted(Markdown.escaped(throughput(c))));
      notes(c).forEach(note -> text.append("- note: ").append(Markdown.escaped(note)).append('\n'));
      text.append('\n').append(piped(c.rows()));
      if (!c.categories().isEmpty()) {
        text.append("\n<details><summary>By group, exploratory</summary>\n\n");
        text.append(piped(c.categories())).append("\n</details>\n");
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static List<String> notes(Comparison c) {
    List<String> notes = new ArrayList<>();
    if (!c.meant().isEmpty()) {
      notes.add(
          "the runs also differ in "
              + String.join(", ", c.meant().stream().map(Object::toString).toList()));
    }
    notes.addAll(c.remarks());
    for (Row row : c.rows()) {
      if (row.failures() != null) {
        notes.add(row.name() + ": " + row.failures().words(c.baseline(), c.candidate()));
      }
    }
    if (c.unmatched() > 0) {
      notes.add(c.unmatched() + " questions are in one run only and are left out");
    }
    return notes;
  }

  private static String throughput(Comparison c) {
    Ratio ratio = c.throughput().ratio();
    return ratio == null
        ? "not compared, " + c.throughput().note()
        : "%.2f times as many [%.2f, %.2f]; %s"
            .formatted(ratio.ratio(), ratio.low(), ratio.high(), c.throughput().note());
  }

  private static final List<String> HEAD =
      List.of(
          "",
          "n",
          "images",
          "A",
          "B",
          "delta",
          "95% interval",
          "p",
          "adjusted",
          "better",
          "worse",
          "detectable");

  private static List<String> cells(Row row) {
    return List.of(
        row.name(),
        "" + row.n(),
        "" + row.images(),
        "%.1f%%".formatted(100 * row.accuracyA()),
        "%.1f%%".formatted(100 * row.accuracyB()),
        "%+.1f".formatted(100 * row.delta()),
        !row.isTelling() ? "-" : "[%.1f, %.1f]".formatted(100 * row.low(), 100 * row.high()),
        "%.4f".formatted(row.p()),
        "%.4f".formatted(row.adjusted()),
        "" + row.better(),
        "" + row.worse(),
        !row.isTelling() ? "-" : "%.1f".formatted(100 * row.detectable()));
  }

  private static String table(List<Row> rows, String indent) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEAD);
    rows.forEach(row -> lines.add(cells(row)));
    return TextTable.columns(lines, 1, indent);
  }

  private static String piped(List<Row> rows) {
    StringBuilder text = new StringBuilder();
    text.append("| ").append(String.join(" | ", HEAD)).append(" |\n|---");
    text.append("|---:".repeat(HEAD.size() - 1)).append("|\n");
    for (Row row : rows) {
      List<String> cells = cells(row).stream().map(Markdown::escaped).toList();
      text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }
    return text.toString();
  }

  private static void flips(Comparison c, StringBuilder text) {
    if (c.flips().isEmpty()) {
      return;
    }
    text.append("\n  What changed most:\n");
    for (Flip flip : c.flips()) {
      text.append(
          "  %s %s: %.2f -> %.2f  %s%n"
              .formatted(
                  flip.dataset(),
                  flip.questionId(),
                  flip.scoreA(),
                  flip.scoreB(),
                  shortened(flip.question())));
      text.append(
          "    gold %s; answer %s -> %s%n"
              .formatted(flip.golds(), flip.answersA(), flip.answersB()));
      String caption = caption(flip.caption());
      if (!caption.isEmpty()) {
        text.append("    caption: ").append(caption).append('\n');
      }
    }
  }

  /// The words removed and added, with a few words around them.
  private static String caption(List<WordDiff.Segment> segments) {
    if (segments.stream().allMatch(s -> s.kind() == WordDiff.Kind.SAME)) {
      return segments.isEmpty() ? "" : "the same";
    }
    StringBuilder text = new StringBuilder();
    for (WordDiff.Segment segment : segments) {
      text.append(text.isEmpty() ? "" : " ");
      text.append(
          switch (segment.kind()) {
            case SAME -> around(segment.text());
            case REMOVED -> "[-" + segment.text() + "-]";
            case ADDED -> "{+" + segment.text() + "+}";
          });
    }
    return shortened(text.toString());
  }

  private static String around(String same) {
    String[] words = same.split(" ");
    return words.length <= SHOWN_WORDS
        ? same
        : String.join(" ", List.of(words).subList(0, SHOWN_WORDS / 2))
            + " ... "
            + String.join(
                " ", List.of(words).subList(words.length - SHOWN_WORDS / 2, words.length));
  }

  private static String shortened(String text) {
    String plain = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    return plain.length() > MAX_CAPTION_CHARS
        ? plain.substring(0, MAX_CAPTION_CHARS) + "..."
        : plain;
  }
}
