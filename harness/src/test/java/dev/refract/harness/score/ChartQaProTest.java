package dev.refract.harness.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.refract.manifest.MetricMode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// ChartQAPro's score of elements, lists and years, by hand.
class ChartQaProTest {

  private final Metric official = new ChartQaPro(MetricMode.OFFICIAL);
  private final Metric strict = new ChartQaPro(MetricMode.STRICT);

  private double score(String gold, String answer, String years) {
    return official.score(AnswerKey.of(gold).with(Map.of("year", years)), answer);
  }

  @ParameterizedTest
  @CsvSource({
    "200,210,1",
    "200,210.1,0",
    "200,190,1",
    "200,189.9,0",
    "-200,-210,1",
    "-200,-210.1,0",
    "0,0.0,1",
    "0,0.1,0",
    "5%,5,1",
    "5, 5 % ,1",
    "5,%5,1",
    "5.,5,1",
    "..5,5,1",
    "abcd,ABCD,1",
    "abcd,abcx,0.75",
    "abcd,abxy,0",
    "abcdefg,abcdxyz,0.571428571428571",
    "abcd,5,0",
    "5,abcd,0",
    "a  b,a b,1",
    "a  bcd,a bcx,0.8"
  })
  void oneElementByHand(String gold, String answer, double score) {
    assertThat(score(gold, answer, "NO")).isCloseTo(score, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({
    "2010,2010,1",
    "2010,2011,0",
    "2010, 2010 ,1",
    "2010,2010.0,0",
    "May 2010,may 2010,1",
    "May 2010,May 2011,0"
  })
  void aYearMustBeEqualButForCase(String gold, String answer, double score) {
    assertThat(score(gold, answer, "YES")).isEqualTo(score);
    assertThat(score(gold, answer, "yes")).isEqualTo(score);
  }

  @Test
  void withoutAFlagAYearIsANumber() {
    assertThat(official.score(AnswerKey.of("2010"), "2011")).isOne();
    assertThat(score("2010", "2011", "NO")).isOne();
    assertThat(score("2010", "2011", "")).isOne();
  }

  @Test
  void listsAreComparedInOrder() {
    assertThat(score("['red', 'blue']", "['red', 'blue']", "NO,NO")).isOne();
    assertThat(score("['red', 'blue']", "['blue', 'red']", "NO,NO")).isZero();
    assertThat(score("['red', 'blue']", "['red', 'gray']", "NO,NO")).isEqualTo(0.5);
    assertThat(score("[100, 200]", "[104, 300]", "NO,NO")).isEqualTo(0.5);
  }

  @Test
  void aMissingOrExtraElementIsWorthNothing() {
    assertThat(score("['red', 'blue']", "['red']", "NO,NO")).isEqualTo(0.5);
    assertThat(score("['red', 'blue']", "red", "NO,NO")).isEqualTo(0.5);
    assertThat(score("red", "['red', 'blue', 'gray', 'pink']", "NO")).isEqualTo(0.25);
    assertThat(score("['red']", "red", "NO")).isOne();
    assertThat(score("red", "['red']", "NO")).isOne();
  }

  @Test
  void aGoldOfBareWordsIsAListAndAnAnswerOfThemIsNot() {
    assertThat(score("[red, blue]", "['red', 'blue']", "NO,NO")).isOne();
    assertThat(score("['red', 'blue']", "[red, blue]", "NO,NO")).isZero();
  }

  @Test
  void blanksAndQuotesAroundAnElementGo() {
    assertThat(score("[\" 'red' \", 'blue']", "['red', ' blue ']", "NO,NO")).isOne();
  }

  @Test
  void eachElementHasItsOwnFlag() {
    String gold = "['2010', '100']";
    assertThat(score(gold, "['2011', '101']", "NO,NO")).isOne();
    assertThat(score(gold, "['2011', '101']", "YES,NO")).isEqualTo(0.5);
    assertThat(score(gold, "['2010', '101']", "YES,NO")).isOne();
    assertThat(score(gold, "['2010', '101']", "NO,YES")).isEqualTo(0.5);
  }

  @Test
  void fewerFlagsThanElementsAreRepeated() {
    String gold = "['2010', '2012', '2014']";
    String close = "['2011', '2013', '2015']";
    assertThat(score(gold, close, "YES")).isZero();
    assertThat(score(gold, close, "YES,NO")).isCloseTo(1.0 / 3, within(1e-12));
    assertThat(score(gold, close, "NO,YES")).isCloseTo(2.0 / 3, within(1e-12));
  }

  @Test
  void theBestGoldCounts() {
    assertThat(official.score(AnswerKey.of("red", "100", "blue"), "104")).isOne();
    assertThat(official.score(AnswerKey.of("abcx", "abcd"), "abcd")).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Fact Checking", "Multi Choice"})
  void twoTypesOfQuestionsAreExactInStrictOnly(String type) {
    Map<String, String> attributes = Map.of("question_type", type);
    assertThat(strict.score(AnswerKey.of("abcd").with(attributes), "abcx")).isZero();
    assertThat(strict.score(AnswerKey.of("abcd").with(attributes), "ABCD")).isOne();
    assertThat(strict.score(AnswerKey.of("100").with(attributes), "101")).isZero();
    assertThat(official.score(AnswerKey.of("abcd").with(attributes), "abcx")).isEqualTo(0.75);
  }

  @Test
  void anyOtherTypeIsAsInOfficial() {
    Map<String, String> attributes = Map.of("question_type", "Conversational");
    assertThat(strict.score(AnswerKey.of("100").with(attributes), "101")).isOne();
    assertThat(strict.score(AnswerKey.of("100"), "101")).isOne();
  }

  @Test
  void stopsThenLineBreaksGoFromTheEnds() {
    assertThat(ChartQaPro.score("red", "..\nred\n..", List.of("NO"), true)).isOne();
    assertThat(ChartQaPro.score("['red']", "['red'].", List.of("NO"), true)).isOne();
    assertThat(ChartQaPro.score("red", "red,", List.of("NO"), true)).isZero();
  }

  @Test
  void anEmptyListIsNoListButAText() {
    assertThat(score("[]", "[]", "NO")).isOne();
    assertThat(score("[]", "['red']", "NO")).isZero();
  }
}
