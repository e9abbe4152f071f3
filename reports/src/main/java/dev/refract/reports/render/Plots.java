package dev.refract.reports.render;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The plots of a site. The pages show each plot's values in a table as well.
public final class Plots {

  private static final int WIDTH_PIXELS = 640;
  private static final int HEIGHT_PIXELS = 320;
  private static final int LEFT_MARGIN_PIXELS = 56;
  private static final int BOTTOM_MARGIN_PIXELS = 40;
  private static final int MARGIN_PIXELS = 16;
  private static final int ROW_PIXELS = 26;
  private static final int NAME_COLUMN_PIXELS = 220;
  private static final int TICKS = 5;

  private Plots() {}

  /// A value with its interval, in percent.
  public record Bar(String name, double value, double low, double high) {}

  /// A run by speed and accuracy.
  public record Point(String name, double x, double value, double low, double high) {}

  /// A value at a position: after some minutes, or at some rate.
  public record Spot(double x, double value) {}

  /// A control, drawn as a horizontal line for comparison.
  public record Level(String name, double value) {}

  /// Maps the values of one axis to pixels.
  private record Axis(double from, double to, double start, double end) {

    static Axis of(List<Double> values, double start, double end) {
      double low = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
      double high = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
      double pad = high > low ? (high - low) * 0.06 : Math.max(1, Math.abs(high) * 0.1);
      return new Axis(low - pad, high + pad, start, end);
    }

    double at(double value) {
      return start + (value - from) / (to - from) * (end - start);
    }

    /// Round numbers, at most about seven.
    List<Double> ticks() {
      double rough = (to - from) / TICKS;
      double power = Math.pow(10, Math.floor(Math.log10(rough)));
      double step =
          power * (rough / power > 5 ? 10 : rough / power > 2 ? 5 : rough / power > 1 ? 2 : 1);
      List<Double> ticks = new ArrayList<>();
      for (long i = (long) Math.ceil(from / step); i * step <= to; i++) {
        ticks.add(i * step);
      }
      return ticks;
    }
  }

  /// Differences with their intervals, zero marked.
  public static String forest(List<Bar> bars, String quantity, String label) {
    int height = bars.size() * ROW_PIXELS + BOTTOM_MARGIN_PIXELS;
    Svg svg = new Svg(WIDTH_PIXELS, height, label);
    List<Double> all = new ArrayList<>(List.of(0.0));
    bars.forEach(bar -> all.addAll(List.of(bar.low, bar.high)));
    Axis axis = Axis.of(all, NAME_COLUMN_PIXELS, WIDTH_PIXELS - MARGIN_PIXELS);
    svg.line("zero", axis.at(0), 0, axis.at(0), height - BOTTOM_MARGIN_PIXELS + 4.0);
    for (int i = 0; i < bars.size(); i++) {
      Bar bar = bars.get(i);
      double y = i * ROW_PIXELS + ROW_PIXELS / 2.0;
      svg.text("end", NAME_COLUMN_PIXELS - 10.0, y + 4, shortened(bar.name));
      svg.line("reach", axis.at(bar.low), y, axis.at(bar.high), y);
      svg.dot(
          "mean",
          axis.at(bar.value),
          y,
          "%s: %+.1f [%.1f, %.1f]".formatted(bar.name, bar.value, bar.low, bar.high));
    }
    ticks(svg, axis, height - BOTTOM_MARGIN_PIXELS + 20.0);
    svg.text("middle", (NAME_COLUMN_PIXELS + WIDTH_PIXELS) / 2.0, height - 4.0, quantity);
    return svg.toString();
  }

  private static Axis across(List<Double> values) {
    return Axis.of(values, LEFT_MARGIN_PIXELS, WIDTH_PIXELS - MARGIN_PIXELS);
  }

  /// The vertical axis that contains all intervals and controls.
  private static Axis accuracies(List<Point> points, List<Level> levels) {
    List<Double> ends = new ArrayList<>();
    points.forEach(p -> ends.addAll(List.of(p.low, p.high)));
    levels.forEach(level -> ends.add(level.value));
    return Axis.of(ends, HEIGHT_PIXELS - BOTTOM_MARGIN_PIXELS, MARGIN_PIXELS);
  }

  /// Accuracy against captions per second, with the frontier of the runs that no other run beats in
  /// both.
  public static String frontier(List<Point> points, List<Level> levels, String label) {
    Svg svg = new Svg(WIDTH_PIXELS, HEIGHT_PIXELS, label);
    Axis x = across(points.stream().map(Point::x).toList());
    Axis y = accuracies(points, levels);
    frame(svg, x, y, "captions/s", "accuracy, %");
    levels(svg, y, levels);
    StringBuilder frontier = new StringBuilder();
    double best = Double.NEGATIVE_INFINITY;
    List<Point> fastest =
        points.stream().sorted(Comparator.comparingDouble((Point p) -> -p.x)).toList();
    for (Point point : fastest) {
      if (point.value > best) {
        best = point.value;
        frontier.append(Svg.point(x.at(point.x), y.at(point.value)));
      }
    }
    svg.path("frontier", frontier.toString().strip());
    for (Point point : points) {
      svg.line("reach", x.at(point.x), y.at(point.low), x.at(point.x), y.at(point.high));
      svg.dot(
          "mean",
          x.at(point.x),
          y.at(point.value),
          "%s: %.1f %% at %.2f captions/s".formatted(point.name, point.value, point.x));
      svg.text("middle", x.at(point.x), y.at(point.high) - 6, shortened(point.name));
    }
    return svg.toString();
  }

  /// One quantity over another, from zero, with a line in the given order.
  public static String course(List<Spot> spots, String across, String up, String label) {
    Svg svg = new Svg(WIDTH_PIXELS, HEIGHT_PIXELS / 2, label);
    int floor = HEIGHT_PIXELS / 2 - BOTTOM_MARGIN_PIXELS;
    Axis x = across(spots.stream().map(Spot::x).toList());
    double most = spots.stream().mapToDouble(Spot::value).max().orElse(1);
    Axis y = new Axis(0, most > 0 ? most * 1.1 : 1, floor, MARGIN_PIXELS);
    frame(svg, x, y, across, up);
    StringBuilder path = new StringBuilder();
    spots.forEach(spot -> path.append(Svg.point(x.at(spot.x), y.at(spot.value))));
    svg.path("frontier", path.toString().strip());
    return svg.toString();
  }

  /// Values over an ordered quantity, connected by a line.
  public static String curve(
      List<Point> points, List<Level> levels, String quantity, String label) {
    Svg svg = new Svg(WIDTH_PIXELS, HEIGHT_PIXELS, label);
    Axis x = across(points.stream().map(Point::x).toList());
    Axis y = accuracies(points, levels);
    frame(svg, x, y, quantity, "accuracy, %");
    levels(svg, y, levels);
    StringBuilder path = new StringBuilder();
    points.forEach(p -> path.append(Svg.point(x.at(p.x), y.at(p.value))));
    svg.path("frontier", path.toString().strip());
    for (Point point : points) {
      svg.line("reach", x.at(point.x), y.at(point.low), x.at(point.x), y.at(point.high));
      svg.dot(
          "mean",
          x.at(point.x),
          y.at(point.value),
          "%s: %.1f %%".formatted(point.name, point.value));
    }
    return svg.toString();
  }

  /// The step of a checkpoint, such as 500 in `step-500` or 2000 in `caprl_ckpt2000`; empty where
  /// the name contains none.
  public static OptionalLong step(String name) {
    Matcher step =
        Pattern.compile("(?i)(?:step|ckpt|checkpoint|iter|epoch)[-_.]?(\\d{1,12})").matcher(name);
    return step.find() ? OptionalLong.of(Long.parseLong(step.group(1))) : OptionalLong.empty();
  }

  private static void levels(Svg svg, Axis y, List<Level> levels) {
    for (Level level : levels) {
      svg.line(
          "level",
          LEFT_MARGIN_PIXELS,
          y.at(level.value),
          WIDTH_PIXELS - MARGIN_PIXELS,
          y.at(level.value));
      svg.text(
          "end",
          WIDTH_PIXELS - MARGIN_PIXELS,
          y.at(level.value) - 3,
          "%s %.1f".formatted(shortened(level.name), level.value));
    }
  }

  private static void frame(Svg svg, Axis x, Axis y, String across, String up) {
    svg.line("axis", LEFT_MARGIN_PIXELS, y.start, WIDTH_PIXELS - MARGIN_PIXELS, y.start);
    svg.line("axis", LEFT_MARGIN_PIXELS, MARGIN_PIXELS, LEFT_MARGIN_PIXELS, y.start);
    ticks(svg, x, y.start + 18.0);
    for (double tick : y.ticks()) {
      svg.text("end", LEFT_MARGIN_PIXELS - 6.0, y.at(tick) + 4, plain(tick));
      svg.line("grid", LEFT_MARGIN_PIXELS, y.at(tick), WIDTH_PIXELS - MARGIN_PIXELS, y.at(tick));
    }
    svg.text(
        "middle",
        (LEFT_MARGIN_PIXELS + WIDTH_PIXELS) / 2.0,
        y.start + BOTTOM_MARGIN_PIXELS - 4.0,
        across);
    svg.text("start", 2, 11, up);
  }

  private static void ticks(Svg svg, Axis axis, double y) {
    for (double tick : axis.ticks()) {
      svg.text("middle", axis.at(tick), y, plain(tick));
    }
  }

  private static String plain(double value) {
    return String.format(Locale.ROOT, "%.2f", value).replaceFirst("\\.?0+$", "");
  }

  private static String shortened(String name) {
    return name.length() > 30 ? name.substring(0, 29) + "…" : name;
  }
}
