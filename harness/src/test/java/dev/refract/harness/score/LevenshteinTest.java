package dev.refract.harness.score;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class LevenshteinTest {

  @Test
  void knownDistances() {
    assertThat(Levenshtein.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(Levenshtein.distance("", "abc")).isEqualTo(3);
    assertThat(Levenshtein.distance("same", "same")).isZero();
    assertThat(Levenshtein.distance("😀b", "😁b")).isEqualTo(1);
    assertThat(Levenshtein.distance("a".repeat(200), "a".repeat(130) + "b")).isEqualTo(70);
  }

  /// Compares with the textbook's matrix, also across 64-bit word boundaries.
  @Property(tries = 2000)
  void theDistanceEqualsTheTextbooks(
      @ForAll @CharRange(from = 'a', to = 'd') @StringLength(max = 200) String a,
      @ForAll @CharRange(from = 'a', to = 'd') @StringLength(max = 200) String b) {
    assertThat(Levenshtein.distance(a, b)).isEqualTo(textbook(a, b));
  }

  @Property(tries = 500)
  void theDistanceEqualsTheTextbooksForAnyCharacters(
      @ForAll @AlphaChars @StringLength(min = 60, max = 70) String a, @ForAll String b) {
    assertThat(Levenshtein.distance(a, b)).isEqualTo(textbook(a, b));
    assertThat(Levenshtein.distance(b, a)).isEqualTo(textbook(a, b));
  }

  private static int textbook(String a, String b) {
    int[] x = a.codePoints().toArray();
    int[] y = b.codePoints().toArray();
    int[][] d = new int[x.length + 1][y.length + 1];
    for (int i = 0; i <= x.length; i++) {
      for (int j = 0; j <= y.length; j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
        } else {
          int replaced = d[i - 1][j - 1] + (x[i - 1] == y[j - 1] ? 0 : 1);
          d[i][j] = Math.min(replaced, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
        }
      }
    }
    return d[x.length][y.length];
  }
}
