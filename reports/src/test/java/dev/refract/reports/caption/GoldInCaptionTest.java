package dev.refract.reports.caption;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoldInCaptionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Open Survey Office|source: open survey office.|PRESENT",
        "1,610|Vietnam exports 1610 tonnes|PRESENT",
        "1610|Vietnam exports 1,610 tonnes|PRESENT",
        "20|in 2015 and 200|ABSENT",
        "20.0|20 %|PRESENT",
        "44%|Conspiracy 44|PRESENT",
        "10:23|departs at 10:23|PRESENT",
        "art|a bar chart|ABSENT",
        "New York|New roads in York|ABSENT",
        "Réunion|Réunion 22 59|PRESENT",
        "图例|在图例中|PRESENT",
        "Yes|Yes, the chart says yes.|NOT_TELLING",
        "no|no|NOT_TELLING",
        "x|''|NO_CAPTION",
      })
  void wholeWordsAndNumbersCount(String gold, String caption, GoldInCaption expected) {
    assertThat(GoldInCaption.of(List.of(), List.of(gold), List.of(caption))).isEqualTo(expected);
  }

  @Test
  void aLetterIsNotLookedFor() {
    assertThat(GoldInCaption.of(List.of("red", "blue"), List.of("A"), List.of("A red bar")))
        .isEqualTo(GoldInCaption.NOT_TELLING);
  }

  @Test
  void oneOfSeveralGoldsInOneOfSeveralCaptionsIsEnough() {
    assertThat(GoldInCaption.of(List.of(), List.of("7", "seven"), List.of("six", "seven dogs")))
        .isEqualTo(GoldInCaption.PRESENT);
    assertThat(GoldInCaption.of(List.of(), List.of("7"), List.of()))
        .isEqualTo(GoldInCaption.NO_CAPTION);
  }
}
