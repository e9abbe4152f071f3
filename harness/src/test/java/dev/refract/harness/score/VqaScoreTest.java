package dev.refract.harness.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.refract.manifest.MetricMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The mean over ten left-out golds by hand, and what both sides lose before they are compared.
class VqaScoreTest {

  private final Metric official = new VqaScore(MetricMode.OFFICIAL);
  private final Metric strict = new VqaScore(MetricMode.STRICT);

  /// Left out one that agrees, n - 1 are left; left out another, n: n/10 of min(1, (n-1)/3) and the
  /// rest of min(1, n/3).
  @ParameterizedTest
  @CsvSource({"0,0", "1,0.3", "2,0.6", "3,0.9", "4,1", "5,1", "9,1", "10,1"})
  void theScoreOfSoManyWhoAgree(int agree, double score) {
    List<String> golds = new ArrayList<>(Collections.nCopies(agree, "red"));
    while (golds.size() < 10) {
      golds.add("blue");
    }
    assertThat(official.score(key(golds), "red")).isCloseTo(score, within(1e-12));
    assertThat(official.score(key(golds.reversed()), "red")).isCloseTo(score, within(1e-12));
  }

  private static AnswerKey key(List<String> golds) {
    return AnswerKey.of(golds.toArray(String[]::new));
  }

  private static boolean same(Metric metric, String gold, String answer) {
    double score = metric.score(key(Collections.nCopies(10, gold)), answer);
    assertThat(score).isIn(0.0, 1.0);
    return score > 0;
  }

  @ParameterizedTest
  @CsvSource({
    "red,RED,true",
    "red,'  red ',true",
    "the red car,red car,true",
    "a,'',true",
    "an,the,true",
    "an apple,apple,true",
    "theme,me,false",
    "two,2,true",
    "none,0,true",
    "zero,0,true",
    "ten,10,true",
    "eleven,11,false",
    "two cats,2 cats,true",
    "dont,don't,true",
    "i dont know,i don't know,true",
    "x-ray,x ray,true",
    "x - ray,x ray,true",
    "x-ray,xray,false",
    "x- ray,x ray,true",
    "a-b c- d,ab c d,true",
    "(red),red,true",
    "red!,red,true",
    "what?,what,true",
    "'red, blue',red blue,true",
    "'red,blue',red blue,true",
    "'1,000',1000,true",
    "'1,000 x-ray',1000 xray,true",
    "10:30,10 30,false",
    "p.m.,pm,true",
    "3.5,35,false",
    "3.5,3.5,true",
    "u.s.a,usa,true",
    "$5,5,false",
    "5%,5,false"
  })
  void bothSidesLoseMarksArticlesAndNumberWords(String gold, String answer, boolean same) {
    assertThat(same(official, gold, answer)).isEqualTo(same);
    assertThat(same(official, answer, gold)).isEqualTo(same);
    assertThat(same(strict, gold, answer)).isEqualTo(same);
  }

  @ParameterizedTest
  @CsvSource({"86.,86", ".5,5", "v2.,v2", "v.2,v2"})
  void aStopOnOneSideOfADigitGoesInStrictOnly(String gold, String answer) {
    assertThat(same(official, gold, answer)).isFalse();
    assertThat(same(strict, gold, answer)).isTrue();
  }

  @Test
  void lineBreaksAndTabsAreBlanks() {
    assertThat(same(official, "red\tcar\n", "red car")).isTrue();
    assertThat(same(official, "\n\tred", "red")).isTrue();
  }

  @Test
  void everyMarkGoes() {
    for (char mark : ";/[]\"{}()=+\\_-><@`,?!".toCharArray()) {
      assertThat(same(official, "red" + mark + "car", "red car")).as("%c", mark).isTrue();
      assertThat(same(official, "red " + mark + "car", "red car")).as("%c", mark).isTrue();
      assertThat(same(official, "red" + mark + " car", "red car")).as("%c", mark).isTrue();
    }
    for (char other : ":'&%$#*~|^".toCharArray()) {
      assertThat(same(official, "red" + other + "car", "red car")).as("%c", other).isFalse();
    }
  }

  @Test
  void officialRemovesThirtyTwoStopsAndStrictAll() {
    assertThat(same(official, "x.".repeat(32), "x".repeat(32))).isTrue();
    assertThat(same(official, "x.".repeat(33), "x".repeat(33))).isFalse();
    assertThat(same(strict, "x.".repeat(33), "x".repeat(33))).isTrue();
  }
}
