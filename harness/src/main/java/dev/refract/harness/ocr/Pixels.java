package dev.refract.harness.ocr;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;

/// An image as a plain array, with conversions to the inputs of the two networks.
///
/// @param rgb row by row, 0xRRGGBB
record Pixels(int[] rgb, int width, int height) {

  /// @param image of type `TYPE_INT_RGB`
  static Pixels of(BufferedImage image) {
    return new Pixels(
        ((DataBufferInt) image.getRaster().getDataBuffer()).getData(),
        image.getWidth(),
        image.getHeight());
  }

  /// Samples a tilted box so that its text is horizontal: three planes (blue, green, red) of
  /// `outHeight` × `outWidth` floats, each value in [0, 255]. Averages several samples when
  /// downscaling.
  float[] straightened(TextBox box, int outWidth, int outHeight) {
    float[] planes = new float[3 * outWidth * outHeight];
    int plane = outWidth * outHeight;
    double cos = Math.cos(box.angle());
    double sin = Math.sin(box.angle());
    double stepX = box.width() / outWidth;
    double stepY = box.height() / outHeight;
    int nx = Math.clamp((int) Math.ceil(stepX), 1, 8);
    int ny = Math.clamp((int) Math.ceil(stepY), 1, 8);
    float share = 1f / (nx * ny);
    for (int oy = 0; oy < outHeight; oy++) {
      for (int ox = 0; ox < outWidth; ox++) {
        int at = oy * outWidth + ox;
        for (int sy = 0; sy < ny; sy++) {
          double v = (oy + (sy + 0.5) / ny) * stepY - box.height() / 2;
          for (int sx = 0; sx < nx; sx++) {
            double u = (ox + (sx + 0.5) / nx) * stepX - box.width() / 2;
            add(planes, at, plane, box.x() + u * cos - v * sin, box.y() + u * sin + v * cos, share);
          }
        }
      }
    }
    return planes;
  }

  /// The whole image at another size.
  float[] resized(int outWidth, int outHeight) {
    return straightened(
        new TextBox(width / 2.0, height / 2.0, width, height, 0), outWidth, outHeight);
  }

  /// Bilinear interpolation; outside the image the nearest edge pixel is used.
  private void add(float[] planes, int at, int plane, double px, double py, float share) {
    double x = Math.clamp(px - 0.5, 0, width - 1.0);
    double y = Math.clamp(py - 0.5, 0, height - 1.0);
    int x0 = (int) x;
    int y0 = (int) y;
    int x1 = Math.min(x0 + 1, width - 1);
    int y1 = Math.min(y0 + 1, height - 1);
    float fx = (float) (x - x0);
    float fy = (float) (y - y0);
    int a = rgb[y0 * width + x0];
    int b = rgb[y0 * width + x1];
    int c = rgb[y1 * width + x0];
    int d = rgb[y1 * width + x1];
    for (int channel = 0; channel < 3; channel++) {
      int shift = 8 * channel;
      float upper = (a >> shift & 255) * (1 - fx) + (b >> shift & 255) * fx;
      float lower = (c >> shift & 255) * (1 - fx) + (d >> shift & 255) * fx;
      planes[channel * plane + at] += (upper * (1 - fy) + lower * fy) * share;
    }
  }
}
