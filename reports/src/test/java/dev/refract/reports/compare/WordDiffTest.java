package dev.refract.reports.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.refract.reports.compare.WordDiff.Kind;
import dev.refract.reports.compare.WordDiff.Segment;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What changed between two texts, word by word.
class WordDiffTest {

  @Test
  void aChangedWordIsRemovedAndThenAdded() {
    assertThat(WordDiff.of("a red bar here", "a blue bar here"))
        .containsExactly(same("a"), removed("red"), added("blue"), same("bar here"));
  }

  @Test
  void changesAtBothEndsAndOnlyOnOneSide() {
    assertThat(WordDiff.of("one two three", "two three four"))
        .containsExactly(removed("one"), same("two three"), added("four"));
  }

  @Test
  void theSameTextIsOneSegmentWhateverItsBlanks() {
    assertThat(WordDiff.of("  a\n b\t", "a b")).containsExactly(same("a b"));
  }

  @Test
  void anEmptyTextHasNoWords() {
    assertThat(WordDiff.of("", " \n")).isEmpty();
    assertThat(WordDiff.of("", "a b")).containsExactly(added("a b"));
    assertThat(WordDiff.of("a b", "")).containsExactly(removed("a b"));
  }

  @Test
  void twoThousandWordsAreComparedAndNoMore() {
    String common = "w ".repeat(1999);
    List<Segment> last = WordDiff.of(common + "x", common + "y");
    assertThat(last).containsExactly(same(common.strip()), removed("x"), added("y"));
    assertThat(WordDiff.of(common + "w x", common + "w y")).containsExactly(same(common + "w"));
  }

  private static Segment same(String text) {
    return new Segment(Kind.SAME, text);
  }

  private static Segment removed(String text) {
    return new Segment(Kind.REMOVED, text);
  }

  private static Segment added(String text) {
    return new Segment(Kind.ADDED, text);
  }
}
