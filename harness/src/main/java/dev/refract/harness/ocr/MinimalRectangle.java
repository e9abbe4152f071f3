package dev.refract.harness.ocr;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// The rectangle of least area around a set of points: one side of it contains an edge of the
/// convex hull (Freeman and Shapira 1975).
final class MinimalRectangle {

  /// A smaller tilt is the detector's noise on straight text.
  private static final double MAX_STRAIGHT_RADIANS = Math.toRadians(2);

  private MinimalRectangle() {}

  record Point(double x, double y) {}

  static TextBox around(List<Point> points) {
    List<Point> hull = hull(points);
    TextBox best = at(hull, 0);
    for (int i = 0; i < hull.size(); i++) {
      Point a = hull.get(i);
      Point b = hull.get((i + 1) % hull.size());
      if (!a.equals(b)) {
        TextBox box = at(hull, Math.atan2(b.y - a.y, b.x - a.x));
        if (box.width() * box.height() < best.width() * best.height() * 0.95) {
          best = box; // an upright box wins a near tie: most text is straight
        }
      }
    }
    return readable(best);
  }

  private static TextBox at(List<Point> hull, double angle) {
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    double left = Double.POSITIVE_INFINITY;
    double right = Double.NEGATIVE_INFINITY;
    double top = Double.POSITIVE_INFINITY;
    double bottom = Double.NEGATIVE_INFINITY;
    for (Point p : hull) {
      double along = p.x * cos + p.y * sin;
      double across = -p.x * sin + p.y * cos;
      left = Math.min(left, along);
      right = Math.max(right, along);
      top = Math.min(top, across);
      bottom = Math.max(bottom, across);
    }
    double along = (left + right) / 2;
    double across = (top + bottom) / 2;
    return new TextBox(
        along * cos - across * sin,
        along * sin + across * cos,
        right - left + 1,
        bottom - top + 1,
        angle);
  }

  /// The same rectangle, expressed with |angle| at most π/4 and the width along that direction.
  private static TextBox readable(TextBox box) {
    double angle = normal(box.angle());
    boolean steep = Math.abs(angle) > Math.PI / 4;
    double width = steep ? box.height() : box.width();
    double height = steep ? box.width() : box.height();
    double near = steep ? normal(angle + Math.PI / 2) : angle;
    return new TextBox(
        box.x(), box.y(), width, height, Math.abs(near) < MAX_STRAIGHT_RADIANS ? 0 : near);
  }

  /// The angle of the same line in (-π/2, π/2].
  private static double normal(double angle) {
    double turned = angle % Math.PI;
    if (turned > Math.PI / 2) {
      turned -= Math.PI;
    } else if (turned <= -Math.PI / 2) {
      turned += Math.PI;
    }
    return turned;
  }

  /// Andrew's monotone chain.
  private static List<Point> hull(List<Point> points) {
    List<Point> sorted = new ArrayList<>(points);
    sorted.sort(Comparator.comparingDouble(Point::x).thenComparingDouble(Point::y));
    List<Point> hull = new ArrayList<>();
    for (int pass = 0; pass < 2; pass++) {
      int start = hull.size();
      for (Point p : sorted) {
        while (hull.size() >= start + 2
            && turn(hull.get(hull.size() - 2), hull.getLast(), p) <= 0) {
          hull.removeLast();
        }
        hull.add(p);
      }
      hull.removeLast();
      sorted = sorted.reversed();
    }
    return hull.isEmpty() ? List.of(points.getFirst()) : hull;
  }

  private static double turn(Point o, Point a, Point b) {
    return (a.x - o.x) * (b.y - o.y) - (a.y - o.y) * (b.x - o.x);
  }
}
