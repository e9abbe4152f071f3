package dev.refract.reports.render;

import static dev.refract.reports.render.NumberFormats.FORMAT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.reports.stats.Estimate;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// Numbers as a reader sees them.
class NumberFormatsTest {

  @Test
  void sharesArePercentWithOneDecimal() {
    assertThat(FORMAT.percent(0.123)).isEqualTo("12.3");
    assertThat(FORMAT.percent(0.1236)).isEqualTo("12.4");
    assertThat(FORMAT.percent(0.0)).isEqualTo("0.0");
    assertThat(FORMAT.percent(1.0)).isEqualTo("100.0");
    assertThat(FORMAT.percentSign(0.123)).isEqualTo("12.3%");
  }

  @Test
  void differencesHaveTheirSign() {
    assertThat(FORMAT.points(0.012)).isEqualTo("+1.2");
    assertThat(FORMAT.points(-0.012)).isEqualTo("-1.2");
    assertThat(FORMAT.points(0.0)).isEqualTo("+0.0");
  }

  @Test
  void anIntervalIsInBracketsAndThatOfNothingIsEmpty() {
    assertThat(FORMAT.interval(0.1, 0.25)).isEqualTo("[10.0, 25.0]");
    assertThat(FORMAT.interval(new Estimate(0.5, 0.1, 0.3, 0.7, 1, 1))).isEqualTo("[30.0, 70.0]");
    assertThat(FORMAT.interval(Estimate.NONE)).isEmpty();
    assertThat(FORMAT.interval(Double.NaN, 0.5)).isEqualTo("[–, 50.0]");
  }

  @Test
  void otherNumbersHaveTheirDigits() {
    assertThat(FORMAT.decimal(1.005)).isEqualTo("1.01");
    assertThat(FORMAT.decimal(12345.678)).isEqualTo("12345.68");
    assertThat(FORMAT.probability(0.04567)).isEqualTo("0.0457");
    assertThat(FORMAT.significant(123.456)).isEqualTo("123.5");
    assertThat(FORMAT.significant(0.0123456)).isEqualTo("0.01235");
  }

  @Test
  void whatIsNotKnownIsADash() {
    assertThat(FORMAT.percent(null)).isEqualTo("–");
    assertThat(FORMAT.percent(Double.NaN)).isEqualTo("–");
    assertThat(FORMAT.percentSign(null)).isEqualTo("–");
    assertThat(FORMAT.percentSign(Double.NaN)).isEqualTo("–");
    assertThat(FORMAT.points(null)).isEqualTo("–");
    assertThat(FORMAT.decimal(null)).isEqualTo("–");
    assertThat(FORMAT.significant(Double.NaN)).isEqualTo("–");
    assertThat(FORMAT.probability(Double.NaN)).isEqualTo("–");
    assertThat(FORMAT.text("")).isEqualTo("–");
  }

  @Test
  void textsAreThemselves() {
    assertThat(FORMAT.text("x")).isEqualTo("x");
  }

  @Test
  void numbersAreTheSameInEveryCountry() {
    Locale before = Locale.getDefault(Locale.Category.FORMAT);
    Locale.setDefault(Locale.Category.FORMAT, Locale.GERMANY);
    try {
      assertThat(FORMAT.percent(0.123)).isEqualTo("12.3");
      assertThat(FORMAT.points(0.012)).isEqualTo("+1.2");
      assertThat(FORMAT.decimal(1.5)).isEqualTo("1.50");
    } finally {
      Locale.setDefault(Locale.Category.FORMAT, before);
    }
  }
}
