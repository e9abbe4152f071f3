package dev.refract.harness.ocr;

import ai.djl.inference.Predictor;
import ai.djl.translate.TranslateException;
import dev.refract.harness.ocr.OnnxNetwork.Tensor;
import java.util.List;

/// Finds the boxes of text in an image with PP-OCRv6's detector.
final class TextDetector {

  /// Smaller images are enlarged: the detector was trained on photographs and misses the small
  /// print of charts otherwise.
  private static final double SHORT_SIDE_PIXELS = 736;

  private static final double LONG_SIDE_PIXELS = 1600;
  private static final int STRIDE_PIXELS = 32;
  private static final float[] MEAN = {0.485f, 0.456f, 0.406f};
  private static final float[] DEVIATION = {0.229f, 0.224f, 0.225f};

  private final Predictor<Tensor, Tensor> predictor;

  TextDetector(Predictor<Tensor, Tensor> predictor) {
    this.predictor = predictor;
  }

  /// Boxes in image pixels, in no particular order.
  List<TextBox> detect(Pixels picture) throws TranslateException {
    double wanted = Math.max(1, SHORT_SIDE_PIXELS / Math.min(picture.width(), picture.height()));
    double scale = Math.min(wanted, LONG_SIDE_PIXELS / Math.max(picture.width(), picture.height()));
    int width = strides(picture.width() * scale);
    int height = strides(picture.height() * scale);
    float[] planes = picture.resized(width, height);
    int plane = width * height;
    for (int channel = 0; channel < 3; channel++) {
      for (int i = channel * plane; i < (channel + 1) * plane; i++) {
        planes[i] = (planes[i] / 255 - MEAN[channel]) / DEVIATION[channel];
      }
    }
    Tensor map = predictor.predict(new Tensor(planes, 1, 3, height, width));
    double sx = (double) picture.width() / width;
    double sy = (double) picture.height() / height;
    return BoxFinder.find(map.values(), width, height).stream().map(b -> b.scaled(sx, sy)).toList();
  }

  private static int strides(double length) {
    return STRIDE_PIXELS * (int) Math.max(1, Math.round(length / STRIDE_PIXELS));
  }
}
