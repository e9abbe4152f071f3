package dev.refract.harness.ocr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoxFinderTest {

  @Test
  void twoRegionsAreTwoBoxesGrownByTheUnclipRule() {
    float[] map = new float[200 * 100];
    paint(map, 200, 20, 20, 40, 10, 0.9f);
    paint(map, 200, 120, 60, 30, 8, 0.8f);
    List<TextBox> boxes = BoxFinder.find(map, 200, 100);
    assertThat(boxes).hasSize(2);
    double grow = 40.0 * 10 * 1.6 / (2 * (40 + 10));
    TextBox first = boxes.getFirst();
    assertThat(first.width()).isCloseTo(40 + 2 * grow, within(1e-9));
    assertThat(first.height()).isCloseTo(10 + 2 * grow, within(1e-9));
    assertThat(first.angle()).isZero();
  }

  @Test
  void aFaintRegionIsNotText() {
    float[] map = new float[100 * 100];
    paint(map, 100, 20, 20, 40, 10, 0.4f);
    assertThat(BoxFinder.find(map, 100, 100)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {-40, -15, 10, 25, 40})
  void aTiltedRegionGivesATiltedBox(int degrees) {
    double angle = Math.toRadians(degrees);
    float[] map = new float[300 * 300];
    for (int y = 0; y < 300; y++) {
      for (int x = 0; x < 300; x++) {
        double along = (x - 150) * Math.cos(angle) + (y - 150) * Math.sin(angle);
        double across = -(x - 150) * Math.sin(angle) + (y - 150) * Math.cos(angle);
        map[y * 300 + x] = Math.abs(along) < 80 && Math.abs(across) < 10 ? 1 : 0;
      }
    }
    TextBox box = BoxFinder.find(map, 300, 300).getFirst();
    assertThat(Math.toDegrees(box.angle())).isCloseTo(degrees, within(1.5));
    assertThat(box.width() / box.height()).isBetween(3.5, 6.0);
  }

  private static void paint(float[] map, int stride, int x, int y, int w, int h, float value) {
    for (int row = y; row < y + h; row++) {
      for (int column = x; column < x + w; column++) {
        map[row * stride + column] = value;
      }
    }
  }
}
