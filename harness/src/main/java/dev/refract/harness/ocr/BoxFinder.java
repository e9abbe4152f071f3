package dev.refract.harness.ocr;

import dev.refract.harness.ocr.MinimalRectangle.Point;
import java.util.ArrayList;
import java.util.List;

/// Finds boxes in a map of text probabilities: the post-processing of DB (Liao et al. 2020, arXiv
/// 1911.08947, section 3).
///
/// Adjacent pixels above {@value #PIXEL_THRESHOLD} form a region. A region whose mean probability
/// reaches {@value #BOX_THRESHOLD} becomes the smallest rectangle around it, grown by area ·
/// {@value #UNCLIP_RATIO} / perimeter, since the network is trained to mark text smaller than it
/// is.
final class BoxFinder {

  static final double PIXEL_THRESHOLD = 0.3;
  static final double BOX_THRESHOLD = 0.5;
  static final double UNCLIP_RATIO = 1.6;
  private static final double MIN_SIDE_PIXELS = 3;

  private BoxFinder() {}

  /// @param probability row by row, `width` × `height`, each in [0, 1]
  static List<TextBox> find(float[] probability, int width, int height) {
    boolean[] seen = new boolean[probability.length];
    int[] stack = new int[probability.length];
    List<TextBox> boxes = new ArrayList<>();
    for (int start = 0; start < probability.length; start++) {
      if (!seen[start] && probability[start] > PIXEL_THRESHOLD) {
        Region region = flood(start, probability, width, height, seen, stack);
        TextBox box = MinimalRectangle.around(region.outline);
        if (region.mean >= BOX_THRESHOLD
            && Math.min(box.width(), box.height()) >= MIN_SIDE_PIXELS) {
          double grow =
              box.width() * box.height() * UNCLIP_RATIO / (2 * (box.width() + box.height()));
          boxes.add(box.grown(grow));
        }
      }
    }
    return boxes;
  }

  /// @param outline at least the leftmost and rightmost pixel of each row, which is enough for the
  ///   convex hull
  private record Region(double mean, List<Point> outline) {}

  private static Region flood(
      int start, float[] probability, int width, int height, boolean[] seen, int[] stack) {
    int top = 0;
    stack[top++] = start;
    seen[start] = true;
    double sum = 0;
    int count = 0;
    List<Point> outline = new ArrayList<>();
    while (top > 0) {
      int at = stack[--top];
      int x = at % width;
      int y = at / width;
      sum += probability[at];
      count++;
      boolean edge = x == 0 || x == width - 1;
      for (int dy = -1; dy <= 1; dy++) {
        for (int dx = -1; dx <= 1; dx++) {
          int nx = x + dx;
          int ny = y + dy;
          if (nx < 0 || nx >= width || ny < 0 || ny >= height) {
            continue;
          }
          int next = ny * width + nx;
          if (probability[next] <= PIXEL_THRESHOLD) {
            edge |= dy == 0;
          } else if (!seen[next]) {
            seen[next] = true;
            stack[top++] = next;
          }
        }
      }
      if (edge) {
        outline.add(new Point(x, y));
      }
    }
    return new Region(sum / count, outline);
  }
}
