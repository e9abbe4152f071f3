package dev.refract.reports.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Bounds and chances of a difference, with Student's t from a table.
class DifferenceTest {

  @Test
  void boundsAreStudentsT() {
    // Nine degrees: 1.833113 at 0.95, 2.262157 at 0.975.
    Difference d = new Difference(0.1, 0.1, 9);
    assertThat(d.lowerBound(0.05)).isCloseTo(-0.0833113, within(1e-6));
    assertThat(d.upperBound(0.05)).isCloseTo(0.2833113, within(1e-6));
    assertThat(d.low(0.95)).isCloseTo(-0.1262157, within(1e-6));
    assertThat(d.high(0.95)).isCloseTo(0.3262157, within(1e-6));
  }

  @Test
  void theChanceOfADropIsThatOfCauchyWithOneDegree() {
    assertThat(new Difference(-0.2, 0.2, 1).chanceOfDrop()).isCloseTo(0.25, within(1e-9));
    assertThat(new Difference(0, 0.2, 1).chanceOfDrop()).isCloseTo(0.5, within(1e-9));
    assertThat(new Difference(0.2, 0.2, 1).chanceOfDrop()).isCloseTo(0.75, within(1e-9));
  }

  @Test
  void withoutAnErrorADropIsCertainAndAnythingElseIsNone() {
    assertThat(new Difference(-0.001, 0, 3).chanceOfDrop()).isZero();
    assertThat(new Difference(0, 0, 3).chanceOfDrop()).isEqualTo(1);
    assertThat(new Difference(0.001, 0, 3).chanceOfDrop()).isEqualTo(1);
    assertThat(new Difference(0.3, 0, 3).lowerBound(0.05)).isEqualTo(0.3);
    assertThat(new Difference(0.3, 0, 3).upperBound(0.05)).isEqualTo(0.3);
  }

  @Test
  void aDifferenceIsKnownWithAFiniteErrorAndADegree() {
    assertThat(new Difference(0.1, 0, 1).isKnown()).isTrue();
    assertThat(new Difference(0.1, 0.1, 0.5).isKnown()).isTrue();
    assertThat(new Difference(0.1, 0.1, 0).isKnown()).isFalse();
    assertThat(new Difference(0.1, Double.NaN, 5).isKnown()).isFalse();
    assertThat(new Difference(0.1, Double.POSITIVE_INFINITY, 5).isKnown()).isFalse();
  }

  @Test
  void whatIsNotKnownHasNoBoundsAndNoProvenDrop() {
    Difference d = new Difference(-0.5, Double.NaN, 0);
    assertThat(d.lowerBound(0.05)).isNaN();
    assertThat(d.upperBound(0.05)).isNaN();
    assertThat(d.low(0.95)).isNaN();
    assertThat(d.high(0.95)).isNaN();
    assertThat(d.chanceOfDrop()).isEqualTo(1);
  }

  @Test
  void theMacroMeanAddsVariancesAndItsDegreesAreSatterthwaites() {
    Difference d = Difference.macro(List.of(part(0.2, 0.3, 5), part(-0.1, 0.4, 10)));
    assertThat(d.delta()).isCloseTo(0.05, within(1e-12));
    assertThat(d.standardError()).isCloseTo(0.25, within(1e-12));
    // (0.09 + 0.16)^2 / (0.09^2 / 4 + 0.16^2 / 9)
    assertThat(d.degrees()).isCloseTo(12.8351397, within(1e-6));
  }

  @Test
  void onePartIsItsOwnMacroMean() {
    Difference d = Difference.macro(List.of(part(0.2, 0.3, 5)));
    assertThat(d.delta()).isEqualTo(0.2);
    assertThat(d.standardError()).isCloseTo(0.3, within(1e-12));
    assertThat(d.degrees()).isCloseTo(4, within(1e-12));
  }

  @Test
  void partsWithoutASpreadHaveTheFewestDegrees() {
    Difference d = Difference.macro(List.of(part(0.2, 0, 7), part(0.4, 0, 3)));
    assertThat(d.standardError()).isZero();
    assertThat(d.degrees()).isEqualTo(2);
  }

  @Test
  void aPartOnOneImageMakesTheMacroMeanUnknown() {
    assertThat(Difference.macro(List.of(part(0.2, 0.1, 7), part(0.4, Double.NaN, 1))).isKnown())
        .isFalse();
  }

  @Test
  void nothingHasNoMacroMean() {
    assertThatThrownBy(() -> Difference.macro(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static PairedDifference part(double delta, double error, int images) {
    return new PairedDifference(10, images, 0.5, 0.5 + delta, delta, 0.1, error, 1, 1, List.of());
  }
}
