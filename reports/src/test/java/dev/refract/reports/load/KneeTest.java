package dev.refract.reports.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Where more load brings no more.
class KneeTest {

  @Test
  void theKneeIsTheFirstStepThatTheNextOneBeatsByLessThanOneTwentieth() {
    assertThat(Knee.of(List.of(100.0, 200.0, 209.0, 400.0))).isEqualTo(1);
    assertThat(Knee.of(List.of(100.0, 104.9))).isZero();
  }

  @Test
  void aGainOfOneTwentiethIsStillAGain() {
    assertThat(Knee.of(List.of(100.0, 105.0))).isEqualTo(-1);
    assertThat(Knee.of(List.of(100.0, 105.1, 200.0))).isEqualTo(-1);
  }

  @Test
  void aDropIsAKnee() {
    assertThat(Knee.of(List.of(100.0, 200.0, 90.0))).isEqualTo(1);
  }

  @Test
  void oneStepOrNoneHasNoKnee() {
    assertThat(Knee.of(List.of(100.0))).isEqualTo(-1);
    assertThat(Knee.of(List.of())).isEqualTo(-1);
  }
}
