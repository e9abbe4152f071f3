package dev.refract.reports.tally;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Time in which something was open.
class SpansTest {

  @Test
  void overlapsCountOnceAndGapsNotAtAll() {
    Spans spans = new Spans();
    spans.add(1000, 2); // 1 to 3
    spans.add(2000, 3); // 2 to 5
    spans.add(9000, 0.5);
    assertThat(spans.size()).isEqualTo(3);
    assertThat(spans.seconds()).isEqualTo(4.5);
    assertThat(spans.secondsWith(2)).isEqualTo(1);
    assertThat(spans.secondsWith(3)).isZero();
    assertThat(spans.most()).isEqualTo(2);
  }

  @Test
  void spansInsideOneAnotherAddNothing() {
    Spans spans = new Spans();
    spans.add(2000, 1);
    spans.add(1000, 10);
    spans.add(4000, 1);
    assertThat(spans.seconds()).isEqualTo(10);
    assertThat(spans.secondsWith(2)).isEqualTo(2);
    assertThat(spans.most()).isEqualTo(2);
  }

  @Test
  void whatWasTakenOverIsLeftOut() {
    Spans spans = new Spans();
    spans.add(0, 5);
    spans.add(-1, 5);
    assertThat(spans.size()).isZero();
    assertThat(spans.seconds()).isZero();
    assertThat(spans.most()).isZero();
    spans.add(1, 5);
    assertThat(spans.size()).isEqualTo(1);
    assertThat(spans.seconds()).isEqualTo(5);
    assertThat(spans.most()).isEqualTo(1);
  }

  @Test
  void secondsAreRoundedToMilliseconds() {
    Spans spans = new Spans();
    spans.add(1000, 0.0014);
    assertThat(spans.seconds()).isEqualTo(0.001);
    spans.add(2000, 0.0015);
    assertThat(spans.seconds()).isEqualTo(0.003);
  }

  @Test
  void thereMayBeManyAndFiguresMayBeAskedForInBetween() {
    Spans spans = new Spans();
    for (int i = 0; i < 17; i++) {
      spans.add(1000 + 10_000L * (16 - i), 2);
    }
    assertThat(spans.seconds()).isEqualTo(34);
    for (int i = 0; i < 16; i++) {
      spans.add(2000 + 10_000L * i, 2);
    }
    assertThat(spans.size()).isEqualTo(33);
    assertThat(spans.seconds()).isEqualTo(50);
    assertThat(spans.secondsWith(2)).isEqualTo(16);
    assertThat(spans.most()).isEqualTo(2);
  }

  @Test
  void spansThatTouchAreOneStretch() {
    Spans spans = new Spans();
    spans.add(1000, 1);
    spans.add(2000, 1);
    assertThat(spans.seconds()).isEqualTo(2);
    assertThat(spans.secondsWith(2)).isZero();
  }

  @Test
  void oneAfterTheOtherIsNeverTwoAtOnce() {
    Spans spans = new Spans();
    spans.add(1000, 1);
    spans.add(2000, 1);
    spans.add(3000, 1);
    assertThat(spans.most()).isEqualTo(1);
  }
}
