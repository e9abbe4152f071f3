package dev.refract.harness.ocr;

/// A rectangle of text that may lean: centre and size in pixels of the picture, angle in radians.
///
/// @param angle of the reading direction, clockwise from rightwards, in (-π, π]
/// @param width along the reading direction
/// @param height across it
record TextBox(double x, double y, double width, double height, double angle) {

  /// Pixels added on every side so that what was shrunk by the detector's training target is whole
  /// again.
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

  /// Much taller than wide: a line that runs up or down, or a lone narrow character.
  boolean standing() {
    return height > 1.5 * width;
  }

  /// The same rectangle read after a quarter turn, clockwise for 1 and back for -1.
  @SuppressWarnings("ArgumentSelectionDefectChecker") // what was its height is read along
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
