package dev.refract.harness.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.refract.manifest.MetricMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// ANLS by hand: 1 - distance / length of the longer text, nothing below one half.
class AnlsTest {

  private final Metric official = new Anls(MetricMode.OFFICIAL);
  private final Metric strict = new Anls(MetricMode.STRICT);

  @ParameterizedTest
  @CsvSource({
    "abcd,abcd,1,1",
    "abcd,ABCD,1,1",
    "abcd,abcx,0.75,0.75",
    "abcd,abcde,0.8,0.8",
    "abcd,abc,0.75,0.75",
    "abcd,abxy,0.5,0",
    "abcd,axyz,0,0",
    "abcdefg,abcdxyz,0.571428571428571,0.571428571428571",
    "abcdefg,abcwxyz,0,0",
    "a,'',0,0",
    "'',a,0,0",
    "'','',1,1",
    "kitten,sitting,0.571428571428571,0.571428571428571"
  })
  void theScoreByHand(String gold, String answer, double inOfficial, double inStrict) {
    assertThat(official.score(AnswerKey.of(gold), answer)).isCloseTo(inOfficial, within(1e-12));
    assertThat(strict.score(AnswerKey.of(gold), answer)).isCloseTo(inStrict, within(1e-12));
    assertThat(official.score(AnswerKey.of(answer), gold)).isCloseTo(inOfficial, within(1e-12));
  }

  @Test
  void officialDividesByTheRawTextAndStrictByWhatIsCompared() {
    // one letter of "ax" is wrong; the raw answer has eight characters
    assertThat(official.score(AnswerKey.of("ab"), "   ax   ")).isEqualTo(0.875);
    assertThat(strict.score(AnswerKey.of("ab"), "   ax   ")).isZero();
    // two letters grow in upper case: 1 - 1/3 where the paper has 1 - 1/2
    assertThat(official.score(AnswerKey.of("aß"), "ax")).isCloseTo(2.0 / 3, within(1e-12));
  }

  @Test
  void theBestGoldCountsWhereverItStands() {
    assertThat(official.score(AnswerKey.of("zzzz", "abcd", "abxx"), "abcx")).isEqualTo(0.75);
    assertThat(official.score(AnswerKey.of("abcx", "zzzz"), "abcx")).isOne();
  }

  @Test
  void theSimilarityItselfIsNotCut() {
    assertThat(Anls.similarity("abcd", "axyz")).isEqualTo(0.25);
    assertThat(Anls.similarity("", "")).isOne();
    assertThat(Anls.similarity("", "ab")).isZero();
    assertThat(Anls.similarity("😀b", "😀c")).isEqualTo(0.5);
  }
}
