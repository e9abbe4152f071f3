package dev.refract.reports.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.apache.commons.math3.distribution.BinomialDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Percentiles by NumPy's rule, and none of too few values.
class PercentilesTest {

  @ParameterizedTest
  @CsvSource({"0.5, 11", "0.9, 64", "0.95, 130", "0.99, 662"})
  void aPercentileNeedsTwoValuesAboveItWithNinetyNinePercent(double p, int needed) {
    assertThat(Percentiles.needed(p)).isEqualTo(needed);
    // At most one value above p, by the binomial distribution.
    assertThat(new BinomialDistribution(null, needed, 1 - p).cumulativeProbability(1))
        .isLessThanOrEqualTo(0.01);
    assertThat(new BinomialDistribution(null, needed - 1, 1 - p).cumulativeProbability(1))
        .isGreaterThan(0.01);
  }

  @Test
  void elevenValuesHaveAMedianAndTenHaveNone() {
    assertThat(upTo(11).at(0.5)).hasValue(5);
    assertThat(upTo(11).orNull(0.5)).isEqualTo(5);
    assertThat(upTo(10).at(0.5)).isEmpty();
    assertThat(upTo(10).orNull(0.5)).isNull();
    assertThat(upTo(63).orNull(0.9)).isNull();
    assertThat(upTo(64).orNull(0.9)).isCloseTo(56.7, within(1e-9));
  }

  @Test
  void betweenTwoValuesItIsInterpolated() {
    // numpy.percentile of 0, 10, ..., 110 at 50: place 5.5.
    double[] values = new double[12];
    Arrays.setAll(values, i -> 10.0 * i);
    assertThat(new Percentiles(values).at(0.5)).hasValue(55);
    values[6] = 100; // the fifth and sixth are 50 and 70 now
    assertThat(new Percentiles(values).orNull(0.5)).isCloseTo(60, within(1e-9));
  }

  @Test
  void theOrderOfValuesDoesNotMatterAndTheyStayAsTheyWere() {
    double[] values = {9, 1, 8, 2, 7, 3, 6, 4, 5, 0, 10};
    Percentiles percentiles = new Percentiles(values);
    assertThat(values[0]).isEqualTo(9);
    values[0] = 1000;
    assertThat(percentiles.at(0.5)).hasValue(5);
    assertThat(percentiles.mean()).isEqualTo(5);
    assertThat(percentiles.n()).isEqualTo(11);
  }

  @Test
  void nothingHasNoMean() {
    assertThat(new Percentiles(new double[0]).mean()).isNaN();
    assertThat(new Percentiles(new double[0]).n()).isZero();
    assertThat(new Percentiles(new double[0]).at(0.5)).isEmpty();
  }

  private static Percentiles upTo(int n) {
    double[] values = new double[n];
    Arrays.setAll(values, i -> i);
    return new Percentiles(values);
  }
}
