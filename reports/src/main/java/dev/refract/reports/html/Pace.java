package dev.refract.reports.html;

import dev.refract.reports.compare.Throughputs;
import dev.refract.reports.result.CaptionRecord;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/// How fast captions came over the time in which they were made.
///
/// @param plot empty where too few were timed
/// @param rows the same as a table
public record Pace(String plot, List<Row> rows) {

  private static final int FEWEST = 20;
  private static final int IN_EACH = 5;
  private static final int PARTS = 30;

  /// @param minute at which a part of the time ends
  public record Row(String minute, int captions, String rate) {}

  static Pace of(Collection<CaptionRecord> captions) {
    List<Double> landed = Throughputs.landed(captions).stream().sorted().toList();
    if (landed.size() < FEWEST || landed.getLast() <= landed.getFirst()) {
      return new Pace("", List.of());
    }
    double start = Throughputs.began(captions);
    int parts = Math.min(PARTS, landed.size() / IN_EACH);
    double length = (landed.getLast() - start) / parts;
    List<Row> rows = new ArrayList<>();
    List<Plots.Spot> spots = new ArrayList<>();
    int next = 0;
    for (int part = 1; part <= parts; part++) {
      int from = next;
      double end = part == parts ? Double.MAX_VALUE : start + part * length;
      while (next < landed.size() && landed.get(next) <= end) {
        next++;
      }
      double rate = (next - from) / length;
      double minute = part * length / 60;
      spots.add(new Plots.Spot(minute, rate));
      rows.add(
          new Row(String.format(Locale.ROOT, "%.2f", minute), next - from, Figures.decimal(rate)));
    }
    return new Pace(
        Plots.course(
            spots,
            "minutes",
            "captions/s",
            "Captions a second over time; the table has the figures"),
        rows);
  }
}
