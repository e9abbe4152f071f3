package dev.refract.reports.html;

import dev.refract.reports.compare.Comparison;
import dev.refract.reports.compare.Comparison.Flip;
import dev.refract.reports.compare.Comparison.Row;
import dev.refract.reports.compare.ScoredQuestion;
import dev.refract.reports.compare.WordDiff;
import dev.refract.reports.render.Plots;
import dev.refract.reports.render.Texts;
import dev.refract.reports.result.ItemResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Content of the page that compares two runs: what is proven, where they differ, and the questions
/// that changed most.
public record ComparisonView(
    String baseline,
    String candidate,
    List<String> verdicts,
    List<RowView> rows,
    List<RowView> categories,
    String forest,
    String throughput,
    List<String> remarks,
    List<FlipView> flips) {

  private static final double ALPHA = 0.05;
  private static final int MAX_SEGMENTS = 200;

  public record RowView(
      String name,
      int n,
      int images,
      double before,
      double after,
      double delta,
      @Nullable Interval interval,
      double p,
      int better,
      int worse) {}

  /// @param low as a share
  /// @param high as a share
  public record Interval(double low, double high) {}

  /// @param pictures the images of the question
  public record FlipView(
      String question,
      List<Picture> pictures,
      String golds,
      Side before,
      Side after,
      List<SegmentView> caption) {}

  /// A question in one of the two runs.
  ///
  /// @param link to it in the run's pages
  public record Side(double score, String answers, String link) {}

  /// @param file below the site's `images/`; empty where it may not be shown
  public record Picture(String name, String file, String absence) {}

  /// Finds the pictures of a flip.
  @FunctionalInterface
  interface Gallery {
    Picture show(String dataset, ItemResult.Image image);
  }

  /// @param kind `same`, `removed` or `added`
  public record SegmentView(String kind, String text) {}

  /// @param linksA by question key, the question's link, relative to the page
  static ComparisonView of(
      Comparison comparison,
      Map<String, String> linksA,
      Map<String, String> linksB,
      Gallery gallery) {
    List<Plots.Bar> bars = new ArrayList<>();
    for (Row row : comparison.categories()) {
      if (row.isTelling()) {
        bars.add(
            new Plots.Bar(
                row.name().replaceFirst("^[^:]*: ", ""),
                100 * row.delta(),
                100 * row.low(),
                100 * row.high()));
      }
    }
    return new ComparisonView(
        comparison.baseline(),
        comparison.candidate(),
        comparison.rows().stream()
            .map(row -> row.name() + ": " + row.verdict(comparison.candidate(), ALPHA))
            .toList(),
        comparison.rows().stream().map(ComparisonView::row).toList(),
        comparison.categories().stream().map(ComparisonView::row).toList(),
        bars.isEmpty()
            ? ""
            : Plots.forest(
                bars,
                "points by which the second run scores higher",
                "Differences by group; the table has the figures"),
        throughput(comparison),
        comparison.remarks(),
        comparison.flips().stream().map(flip -> flip(flip, linksA, linksB, gallery)).toList());
  }

  private static String throughput(Comparison comparison) {
    Comparison.Ratio ratio = comparison.throughput().ratio();
    return ratio == null
        ? "Captions per second are not compared: " + comparison.throughput().note() + "."
        : String.format(
            Locale.ROOT,
            "%.2f times as many captions per second [%.2f, %.2f].",
            ratio.ratio(),
            ratio.low(),
            ratio.high());
  }

  private static RowView row(Row row) {
    return new RowView(
        row.name(),
        row.n(),
        row.images(),
        row.accuracyA(),
        row.accuracyB(),
        row.delta(),
        row.isTelling() ? new Interval(row.low(), row.high()) : null,
        row.adjusted(),
        row.better(),
        row.worse());
  }

  private static FlipView flip(
      Flip flip, Map<String, String> linksA, Map<String, String> linksB, Gallery gallery) {
    String key = ScoredQuestion.key(flip.dataset(), flip.questionId());
    return new FlipView(
        Texts.cut(flip.question()),
        flip.images().stream().map(image -> gallery.show(flip.dataset(), image)).toList(),
        Texts.cut(String.join(" | ", flip.golds())),
        side(flip.scoreA(), flip.answersA(), linksA.getOrDefault(key, "")),
        side(flip.scoreB(), flip.answersB(), linksB.getOrDefault(key, "")),
        flip.caption().stream().limit(MAX_SEGMENTS).map(ComparisonView::segment).toList());
  }

  private static Side side(double score, List<String> answers, String link) {
    return new Side(score, Texts.cut(String.join(" | ", answers)), link);
  }

  private static SegmentView segment(WordDiff.Segment segment) {
    return new SegmentView(
        segment.kind().name().toLowerCase(Locale.ROOT), Texts.cut(segment.text()) + " ");
  }
}
