package dev.refract.harness.ocr;

/// A possibly tilted rectangle of text: centre and size in image pixels, angle in radians.
///
/// @param angle reading direction, clockwise from rightwards, in (-π, π]
/// @param width size along the reading direction
/// @param height size across the reading direction
record TextBox(double x, double y, double width, double height, double angle) {

  /// The box grown by this many pixels on every side, to undo the shrinking of the detector's
  /// training targets.
  TextBox grown(double by) {
    return new TextBox(x, y, width + 2 * by, height + 2 * by, angle);
  }

  TextBox scaled(double sx, double sy) {
    double cos = Math.cos(angle);
    double sin = Math.sin(angle);
    double along = Math.hypot(cos * sx, sin * sy);
    double across = Math.hypot(sin * sx, cos * sy);
    return new TextBox(
        x * sx, y * sy, width * along, height * across, Math.atan2(sin * sy, cos * sx));
  }

  /// Whether it is much taller than wide: a vertical line of text, or a single narrow character.
  boolean standing() {
    return height > 1.5 * width;
  }

  /// The same rectangle with the reading direction turned by 90°: clockwise for 1, back for -1.
  @SuppressWarnings("ArgumentSelectionDefectChecker") // the old height becomes the width
  TextBox turned(int quarter) {
    return new TextBox(x, y, height, width, angle + quarter * Math.PI / 2);
  }

  /// Height of the smallest upright rectangle around it.
  double outerHeight() {
    return Math.abs(width * Math.sin(angle)) + Math.abs(height * Math.cos(angle));
  }

  /// Width of the smallest upright rectangle around it.
  double outerWidth() {
    return Math.abs(width * Math.cos(angle)) + Math.abs(height * Math.sin(angle));
  }

  double left() {
    return x - outerWidth() / 2;
  }

  double right() {
    return x + outerWidth() / 2;
  }

  double top() {
    return y - outerHeight() / 2;
  }

  double bottom() {
    return y + outerHeight() / 2;
  }
}
