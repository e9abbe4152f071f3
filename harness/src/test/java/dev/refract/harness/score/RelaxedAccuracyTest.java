package dev.refract.harness.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.manifest.MetricMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Five percent of the gold, at both edges, and what is a number in either mode.
class RelaxedAccuracyTest {

  private final Metric official = new RelaxedAccuracy(true, MetricMode.OFFICIAL);
  private final Metric strict = new RelaxedAccuracy(true, MetricMode.STRICT);

  @ParameterizedTest
  @CsvSource({
    "200,210,1,1",
    "200,210.1,0,0",
    "200,190,1,1",
    "200,189.9,0,0",
    "-200,-210,1,1",
    "-200,-210.1,0,0",
    "-200,-190,1,1",
    "-200,-189.9,0,0",
    "-200,200,0,0",
    "200,0,0,0",
    "20%,0.21,1,1",
    "20%,21%,1,1",
    "20%,21.1%,0,0",
    "0.2,20%,1,1",
    "20,20%,0,0",
    "5%,5 %,1,1",
    "5%,5%%,1,0",
    "%,%,1,1",
    "%,5%,0,0",
    "a%,A%,1,1",
    "0,0.0,0,1",
    "0,0.01,0,0",
    "0,0%,0,1",
    "0%,0,0,1",
    "-0,0,0,1",
    "1000,'1,000',0,1",
    "'1,000',1000,0,1",
    "'1,000','1,049',0,1",
    "'1,000','1,051',0,0",
    "'1,234,567','1,234,567.0',0,1",
    "100,'1,00',0,0",
    "1000,'1,0000',0,0",
    "1234,'1234,',0,0",
    "1234000,'1234,000',0,0",
    "1000,1_000,1,0",
    "5,5.,1,0",
    "0.5,.5,1,1",
    "-0.5,-.5,1,1",
    "5,+5,1,1",
    "1000,1e3,1,1",
    "1000,1E+3,1,1",
    "5,5e,0,0",
    "inf,inf,0,1",
    "nan,nan,0,1",
    "5,inf,0,0",
    "red,RED,1,1",
    "red,reds,0,0",
    "red,5,0,0",
    "5,red,0,0"
  })
  void bothModesByHand(String gold, String answer, double inOfficial, double inStrict) {
    assertThat(official.score(AnswerKey.of(gold), answer)).as("official").isEqualTo(inOfficial);
    assertThat(strict.score(AnswerKey.of(gold), answer)).as("strict").isEqualTo(inStrict);
  }

  @Test
  void anyGoldWillDo() {
    assertThat(official.score(AnswerKey.of("red", "100"), "104")).isOne();
    assertThat(official.score(AnswerKey.of("100", "red"), "Red")).isOne();
    assertThat(official.score(AnswerKey.of("100", "red"), "blue")).isZero();
    assertThat(strict.score(AnswerKey.of("red", "100"), "104")).isOne();
    assertThat(strict.score(AnswerKey.of("red", "100"), "blue")).isZero();
  }

  @Test
  void onlyTheStrippedOneIgnoresBlanksAroundTheAnswer() {
    Metric unstripped = new RelaxedAccuracy(false, MetricMode.OFFICIAL);
    assertThat(official.score(AnswerKey.of("red"), " red\n")).isOne();
    assertThat(unstripped.score(AnswerKey.of("red"), " red\n")).isZero();
    assertThat(unstripped.score(AnswerKey.of("100"), " 104 ")).isOne();
    assertThat(official.score(AnswerKey.of("20%"), "20% ")).isOne();
    assertThat(unstripped.score(AnswerKey.of("20%"), "20% ")).isZero();
  }

  @Test
  void officialStripsNoGoldAndStrictStripsBoth() {
    assertThat(official.score(AnswerKey.of(" red"), "red")).isZero();
    assertThat(strict.score(AnswerKey.of(" red"), "red ")).isOne();
    assertThat(strict.score(AnswerKey.of(" 100 "), " 104 ")).isOne();
  }

  @Test
  void anExponentOfFourDigitsIsAWordInStrict() {
    assertThat(strict.score(AnswerKey.of("1e1000"), "1e1001")).isZero();
    assertThat(strict.score(AnswerKey.of("1e100"), "1.04e100")).isOne();
  }

  @Test
  void nothingIsRightForNothing() {
    assertThat(official.score(AnswerKey.of(""), "")).isOne();
    assertThat(strict.score(AnswerKey.of(""), "  ")).isOne();
  }
}
