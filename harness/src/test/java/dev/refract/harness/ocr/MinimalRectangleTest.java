package dev.refract.harness.ocr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.refract.harness.ocr.MinimalRectangle.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rectangles of known centre, size and angle must be found again from their corners.
class MinimalRectangleTest {

  private static final Offset<Double> NEAR = within(1e-9);

  /// The corners of a rectangle whose pixels reach from edge to edge, one less than its size.
  private static List<Point> corners(
      double x, double y, double width, double height, double angle) {
    List<Point> points = new ArrayList<>();
    for (int[] side : new int[][] {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}}) {
      double along = side[0] * (width - 1) / 2;
      double across = side[1] * (height - 1) / 2;
      points.add(
          new Point(
              x + along * Math.cos(angle) - across * Math.sin(angle),
              y + along * Math.sin(angle) + across * Math.cos(angle)));
    }
    return points;
  }

  private static void assertBox(
      TextBox box, double x, double y, double width, double height, double angle) {
    assertThat(box.x()).as("x").isCloseTo(x, NEAR);
    assertThat(box.y()).as("y").isCloseTo(y, NEAR);
    assertThat(box.width()).as("width").isCloseTo(width, NEAR);
    assertThat(box.height()).as("height").isCloseTo(height, NEAR);
    assertThat(box.angle()).as("angle").isCloseTo(angle, NEAR);
  }

  @Test
  void anUprightRectangleIsItself() {
    assertBox(MinimalRectangle.around(corners(50, 20, 41, 11, 0)), 50, 20, 41, 11, 0);
    assertBox(MinimalRectangle.around(corners(50, 20, 11, 41, 0)), 50, 20, 11, 41, 0);
  }

  @ParameterizedTest
  @ValueSource(doubles = {10, 30, 44, -10, -30, -44})
  void aLeaningOneIsFoundWithItsAngle(double degrees) {
    double angle = Math.toRadians(degrees);
    assertBox(MinimalRectangle.around(corners(50, 20, 61, 11, angle)), 50, 20, 61, 11, angle);
  }

  @ParameterizedTest
  @ValueSource(doubles = {46, 60, 80, -46, -60, -80})
  void aSteepOneIsToldByItsOtherSide(double degrees) {
    double angle = Math.toRadians(degrees);
    double other = angle > 0 ? angle - Math.PI / 2 : angle + Math.PI / 2;
    assertBox(MinimalRectangle.around(corners(50, 20, 61, 11, angle)), 50, 20, 11, 61, other);
  }

  @Test
  void aLeaningBelowTwoDegreesIsNoise() {
    // long enough that an upright box is no near tie
    TextBox below = MinimalRectangle.around(corners(0, 0, 1001, 11, Math.toRadians(1.9)));
    assertBox(below, 0, 0, 1001, 11, 0);
    TextBox above = MinimalRectangle.around(corners(0, 0, 1001, 11, Math.toRadians(2.1)));
    assertBox(above, 0, 0, 1001, 11, Math.toRadians(2.1));
  }

  @Test
  void anUprightBoxWinsANearTie() {
    // a square with one corner cut: turned by 45 degrees it would fit no better than by 5 %
    TextBox box =
        MinimalRectangle.around(
            List.of(
                new Point(0, 0),
                new Point(100, 0),
                new Point(100, 98),
                new Point(98, 100),
                new Point(0, 100)));
    assertBox(box, 50, 50, 101, 101, 0);
  }

  @Test
  void pointsInsideAndOnTheEdgesDoNotMatter() {
    double angle = Math.toRadians(25);
    List<Point> points = new ArrayList<>(corners(50, 20, 61, 11, angle));
    points.addAll(corners(50, 20, 31, 5, angle));
    points.add(new Point(50, 20));
    points.add(points.getFirst());
    assertBox(MinimalRectangle.around(points), 50, 20, 61, 11, angle);
    assertBox(MinimalRectangle.around(points.reversed()), 50, 20, 61, 11, angle);
  }

  @Test
  void aPointIsOnePixelAndALineOnePixelHigh() {
    assertBox(MinimalRectangle.around(List.of(new Point(7, 9))), 7, 9, 1, 1, 0);
    assertBox(MinimalRectangle.around(List.of(new Point(7, 9), new Point(7, 9))), 7, 9, 1, 1, 0);
    assertBox(
        MinimalRectangle.around(List.of(new Point(0, 5), new Point(10, 5), new Point(4, 5))),
        5,
        5,
        11,
        1,
        0);
    assertBox(MinimalRectangle.around(List.of(new Point(5, 0), new Point(5, 10))), 5, 5, 1, 11, 0);
    assertBox(
        MinimalRectangle.around(List.of(new Point(0, 0), new Point(30, 40))),
        15,
        20,
        1,
        51,
        Math.atan2(40, 30) - Math.PI / 2);
  }

  /// By brute force: no rectangle at any of 1,800 angles is smaller but for the near tie.
  @Test
  void noOtherAngleGivesAMuchSmallerRectangle() {
    Random random = new Random(3);
    for (int i = 0; i < 100; i++) {
      List<Point> points =
          random
              .ints(3 + random.nextInt(20), 0, 10_000)
              .mapToObj(n -> new Point(n % 100, n / 100.0))
              .toList();
      TextBox box = MinimalRectangle.around(points);
      double least = Double.POSITIVE_INFINITY;
      for (int step = 0; step < 1_800; step++) {
        double angle = step * Math.PI / 3_600;
        least = Math.min(least, area(points, angle));
      }
      assertThat(box.width() * box.height() * 0.95).isLessThanOrEqualTo(least + 1e-6);
    }
  }

  private static double area(List<Point> points, double angle) {
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    var along = points.stream().mapToDouble(p -> p.x() * cos + p.y() * sin).summaryStatistics();
    var across = points.stream().mapToDouble(p -> p.y() * cos - p.x() * sin).summaryStatistics();
    return (along.getMax() - along.getMin() + 1) * (across.getMax() - across.getMin() + 1);
  }
}
