package dev.refract.harness.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Lone surrogates become U+FFFD; pairs and all else stay.
class WellFormedTest {

  private static final String HIGH = "\ud83d";
  private static final String LOW = "\ude00";

  @ParameterizedTest
  @ValueSource(strings = {"", "a", "Größe 数", "😀", "a😀b😀", "\ufffd", "\ud7ff\ue000"})
  void aWellFormedTextIsTheSameObject(String text) {
    assertThat(WellFormed.of(text)).isSameAs(text);
  }

  @Test
  void aLoneHalfIsReplacedWhereverItStands() {
    assertThat(WellFormed.of(HIGH)).isEqualTo("\ufffd");
    assertThat(WellFormed.of(LOW)).isEqualTo("\ufffd");
    assertThat(WellFormed.of("a" + HIGH)).isEqualTo("a\ufffd");
    assertThat(WellFormed.of(LOW + "a")).isEqualTo("\ufffda");
    assertThat(WellFormed.of("a" + HIGH + "b" + LOW + "c")).isEqualTo("a\ufffdb\ufffdc");
  }

  @Test
  void halvesInTheWrongOrderAreTwoLoneOnes() {
    assertThat(WellFormed.of(LOW + HIGH)).isEqualTo("\ufffd\ufffd");
  }

  @Test
  void aPairBesideALoneHalfStays() {
    assertThat(WellFormed.of(HIGH + HIGH + LOW)).isEqualTo("\ufffd😀");
    assertThat(WellFormed.of(HIGH + LOW + LOW)).isEqualTo("😀\ufffd");
    assertThat(WellFormed.of(HIGH + LOW + HIGH + LOW)).isEqualTo("😀😀");
  }
}
