package dev.refract.manifest.mini;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Arc2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/// The drawing operations of the mini suite; coordinates are pixels from the top left.
final class Ink {

  static final Color BLACK = new Color(0x1c2430);
  static final Color GREY = new Color(0x6b7480);
  static final Color PALE = new Color(0xdfe4ea);
  static final List<Color> HUES =
      List.of(
          new Color(0x2f6db5),
          new Color(0xd9772b),
          new Color(0x3c9a5f),
          new Color(0xb8435a),
          new Color(0x7b5ea7),
          new Color(0x2a9aa5),
          new Color(0x8a6d3b));

  /// The names of the hues.
  static final List<String> HUE_NAMES =
      List.of("blue", "orange", "green", "red", "purple", "teal", "brown");

  private final BufferedImage canvas;
  private final Graphics2D pen;
  private final List<String> texts = new ArrayList<>();

  Ink(int width, int height) {
    canvas = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    pen = canvas.createGraphics();
    pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    pen.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    fill(0, 0, width, height, Color.WHITE);
  }

  /// What has been written, in the order of writing.
  List<String> texts() {
    return List.copyOf(texts);
  }

  BufferedImage canvas() {
    pen.dispose();
    return canvas;
  }

  /// Draws text that starts at `x` with its baseline at `y`.
  void text(String text, int x, int y, int size, Color colour) {
    write(text, x, y, new Font("DejaVu Sans", Font.PLAIN, size), colour);
  }

  void bold(String text, int x, int y, int size, Color colour) {
    write(text, x, y, new Font("DejaVu Sans", Font.BOLD, size), colour);
  }

  void centred(String text, int centre, int y, int size, Color colour) {
    text(text, centre - width(text, Font.PLAIN, size) / 2, y, size, colour);
  }

  void centredBold(String text, int centre, int y, int size, Color colour) {
    bold(text, centre - width(text, Font.BOLD, size) / 2, y, size, colour);
  }

  void endingAt(String text, int right, int y, int size, Color colour) {
    text(text, right - width(text, Font.PLAIN, size), y, size, colour);
  }

  /// Draws text upwards, centred at (`x`, `y`).
  void upwards(String text, int x, int y, int size, Color colour) {
    AffineTransform before = pen.getTransform();
    pen.translate(x, y);
    pen.rotate(-Math.PI / 2);
    text(text, -width(text, Font.PLAIN, size) / 2, size / 3, size, colour);
    pen.setTransform(before);
  }

  void fill(int x, int y, int width, int height, Color colour) {
    pen.setColor(colour);
    pen.fillRect(x, y, width, height);
  }

  void rounded(int x, int y, int width, int height, Color colour) {
    pen.setColor(colour);
    pen.fillRoundRect(x, y, width, height, 18, 18);
  }

  void line(int x1, int y1, int x2, int y2, Color colour) {
    pen.setColor(colour);
    pen.setStroke(new BasicStroke(1f));
    pen.drawLine(x1, y1, x2, y2);
  }

  void curve(int[] xs, int[] ys, Color colour) {
    Path2D path = new Path2D.Double();
    path.moveTo(xs[0], ys[0]);
    for (int i = 1; i < xs.length; i++) {
      path.lineTo(xs[i], ys[i]);
    }
    pen.setColor(colour);
    pen.setStroke(new BasicStroke(3f));
    pen.draw(path);
  }

  void dot(int x, int y, int radius, Color colour) {
    pen.setColor(colour);
    pen.fillOval(x - radius, y - radius, 2 * radius, 2 * radius);
  }

  /// Draws a pie slice; angles in degrees counter-clockwise from three o'clock.
  void slice(int x, int y, int radius, double from, double extent, Color colour) {
    pen.setColor(colour);
    pen.fill(
        new Arc2D.Double(
            x - radius, y - radius, 2.0 * radius, 2.0 * radius, from, extent, Arc2D.PIE));
  }

  private int width(String text, int style, int size) {
    return pen.getFontMetrics(new Font("DejaVu Sans", style, size)).stringWidth(text);
  }

  private void write(String text, int x, int y, Font font, Color colour) {
    pen.setFont(font);
    pen.setColor(colour);
    pen.drawString(text, x, y);
    texts.add(text);
  }
}
