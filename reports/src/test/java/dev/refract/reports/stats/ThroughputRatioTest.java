package dev.refract.reports.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The ratio of two rates from eleven batches, by hand.
class ThroughputRatioTest {

  @Test
  void fiftyFiveCaptionsAreEnoughAndFiftyFourAreNot() {
    assertThat(ThroughputRatio.isEnough(55)).isTrue();
    assertThat(ThroughputRatio.isEnough(54)).isFalse();
    assertThatThrownBy(() -> ThroughputRatio.of(every(1, 54), every(1, 55)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("55")
        .hasMessageContaining("54");
    assertThatThrownBy(() -> ThroughputRatio.of(every(1, 55), every(1, 54)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void steadyRatesHaveTheirRatioWithoutAnError() {
    ThroughputRatio twice = ThroughputRatio.of(every(1, 55), every(0.5, 55));
    assertThat(twice.ratio()).isCloseTo(2, within(1e-9));
    assertThat(twice.low()).isCloseTo(2, within(1e-9));
    assertThat(twice.high()).isCloseTo(2, within(1e-9));
    ThroughputRatio same = ThroughputRatio.of(every(1, 55), every(1, 55));
    assertThat(same).isEqualTo(new ThroughputRatio(1, 1, 1, 0, 18));
    assertThat(same.lowerBound(0.05)).isEqualTo(1);
    assertThat(same.upperBound(0.05)).isEqualTo(1);
  }

  @Test
  void theFirstBatchIsWarmUpAndWhatFillsNoBatchIsLeftOut() {
    List<Double> slowStart = new ArrayList<>(List.of(-4000.0, -3000.0, -2000.0, -1000.0, 0.0));
    for (int i = 1; i <= 50; i++) {
      slowStart.add((double) i);
    }
    assertThat(ThroughputRatio.of(every(1, 55), slowStart).ratio()).isCloseTo(1, within(1e-9));
    List<Double> slowEnd = new ArrayList<>(slowStart);
    for (int i = 1; i <= 10; i++) {
      slowEnd.add(1000.0 * i); // 65 captions are eleven batches of five and ten over
    }
    assertThat(ThroughputRatio.of(every(1, 55), slowEnd).ratio()).isCloseTo(1, within(1e-9));
    slowEnd.add(20_000.0); // 66 are eleven of six: the last ones are among them
    assertThat(ThroughputRatio.of(every(1, 55), slowEnd).ratio()).isLessThan(0.1);
  }

  @Test
  void theIntervalIsWelchsOfTheBatchesLogarithms() {
    // B: batches of 5 and of 20 seconds in turn; logarithms 0 and -1.386294, variance 0.533837.
    ThroughputRatio found = ThroughputRatio.of(every(1, 55), uneven());
    assertThat(found.ratio()).isCloseTo(0.4, within(1e-9)); // 50 captions in 125 s
    assertThat(found.logError()).isCloseTo(0.2310491, within(1e-6));
    assertThat(found.degrees()).isCloseTo(9, within(1e-9));
    assertThat(found.low()).isCloseTo(0.4 * Math.exp(-2.262157 * 0.2310491), within(1e-6));
    assertThat(found.high()).isCloseTo(0.4 * Math.exp(2.262157 * 0.2310491), within(1e-6));
    assertThat(found.lowerBound(0.05))
        .isCloseTo(0.4 * Math.exp(-1.833113 * 0.2310491), within(1e-6));
    assertThat(found.upperBound(0.05))
        .isCloseTo(0.4 * Math.exp(1.833113 * 0.2310491), within(1e-6));
  }

  @Test
  void twoRunsOfOneSpreadHaveTheDegreesOfBoth() {
    ThroughputRatio same = ThroughputRatio.of(uneven(), uneven());
    assertThat(same.ratio()).isCloseTo(1, within(1e-9));
    assertThat(same.degrees()).isCloseTo(18, within(1e-9));
    assertThat(same.logError()).isCloseTo(0.2310491 * Math.sqrt(2), within(1e-6));
  }

  @Test
  void theOrderInWhichInstantsAreGivenDoesNotMatter() {
    List<Double> backwards = new ArrayList<>(uneven());
    Collections.reverse(backwards);
    assertThat(ThroughputRatio.of(every(1, 55), backwards))
        .isEqualTo(ThroughputRatio.of(every(1, 55), uneven()));
  }

  @Test
  void captionsThatLandAtOneInstantHaveAFiniteRate() {
    List<Double> atOnce = Collections.nCopies(55, 7.0);
    // 50 captions in the least time there is, a millisecond.
    assertThat(ThroughputRatio.of(every(1, 55), atOnce).ratio()).isCloseTo(50_000, within(1e-3));
  }

  private static List<Double> every(double seconds, int captions) {
    List<Double> instants = new ArrayList<>();
    for (int i = 0; i < captions; i++) {
      instants.add(seconds * i);
    }
    return instants;
  }

  private static List<Double> uneven() {
    List<Double> instants = new ArrayList<>();
    double now = 0;
    for (int i = 0; i < 55; i++) {
      now += i / 5 % 2 == 0 ? 1 : 4;
      instants.add(now);
    }
    return instants;
  }
}
