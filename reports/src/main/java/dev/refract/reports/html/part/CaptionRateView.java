package dev.refract.reports.html.part;

import dev.refract.reports.compare.Throughputs;
import dev.refract.reports.render.Plots;
import dev.refract.reports.result.CaptionRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// Caption rate over the course of a run.
///
/// @param plot empty where too few captions were timed
/// @param rows the same as a table
public record CaptionRateView(String plot, List<Row> rows) {

  private static final int MIN_CAPTIONS = 20;
  private static final int CAPTIONS_PER_PART = 5;
  private static final int MAX_PARTS = 30;

  /// @param minute end of the part, in minutes since the start
  public record Row(double minute, int captions, double rate) {}

  public static CaptionRateView of(Collection<CaptionRecord> captions) {
    List<Double> completions = Throughputs.completions(captions).stream().sorted().toList();
    if (completions.size() < MIN_CAPTIONS || completions.getLast() <= completions.getFirst()) {
      return new CaptionRateView("", List.of());
    }
    double start = Throughputs.began(captions);
    int parts = Math.min(MAX_PARTS, completions.size() / CAPTIONS_PER_PART);
    double length = (completions.getLast() - start) / parts;
    List<Row> rows = new ArrayList<>();
    List<Plots.Spot> spots = new ArrayList<>();
    int next = 0;
    for (int part = 1; part <= parts; part++) {
      int from = next;
      double end = part == parts ? Double.MAX_VALUE : start + part * length;
      while (next < completions.size() && completions.get(next) <= end) {
        next++;
      }
      double rate = (next - from) / length;
      double minute = part * length / 60;
      spots.add(new Plots.Spot(minute, rate));
      rows.add(new Row(minute, next - from, rate));
    }
    return new CaptionRateView(
        Plots.course(
            spots,
            "minutes",
            "captions/s",
            "Captions per second over time; the table has the figures"),
        rows);
  }
}
