package dev.refract.reports.caption;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Where a caption begins to loop, to speak of itself, and to be cut.
class CaptionTextBoundariesTest {

  @Test
  void wordsStandBetweenBlanks() {
    assertThat(CaptionText.words("")).isZero();
    assertThat(CaptionText.words(" \n\t")).isZero();
    assertThat(CaptionText.words("one")).isEqualTo(1);
    assertThat(CaptionText.words("  one,two\n\tthree  ")).isEqualTo(2);
  }

  @Test
  void fortyWordsMayLoopAndThirtyNineMayNot() {
    assertThat(CaptionText.loops(periodic(40, 3))).isTrue();
    assertThat(CaptionText.loops(periodic(39, 3))).isFalse();
    assertThat(CaptionText.loops("  " + periodic(40, 3) + "\n")).isTrue();
  }

  @Test
  void moreThanHalfOfTheSequencesMustHaveBeenThereBefore() {
    // 43 words have 40 sequences of four; with a period of 20 as many are new as are not.
    assertThat(CaptionText.loops(periodic(43, 20))).isFalse();
    assertThat(CaptionText.loops(periodic(43, 19))).isTrue();
    assertThat(CaptionText.loops(periodic(42, 20))).isFalse();
    assertThat(CaptionText.loops(periodic(44, 20))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "it's, 2", // "it", "'s"
    "we'LL, 2",
    "a b, 2",
    "42, 2",
    "(x), 2", // "(x", ")"
    "a...!, 2",
    "a - b, 3"
  })
  void piecesAreThoseOfQwensFirstCut(String text, int pieces) {
    assertThat(CaptionText.pieces(text)).isEqualTo(pieces);
  }

  @Test
  void blanksAndLineFeedsArePieces() {
    assertThat(CaptionText.pieces("a  b")).isEqualTo(3); // "a", " ", " b"
    assertThat(CaptionText.pieces("a\n\nb")).isEqualTo(3);
    assertThat(CaptionText.pieces("a.\nb")).isEqualTo(3); // ".\n" is one
    assertThat(CaptionText.pieces("a ")).isEqualTo(2);
  }

  @Test
  void aCutOfEveryLengthHasThatManyPiecesAndIsTheBeginning() {
    String text = "It's 2019: the bar (red)\n is 3.5 % tall.";
    int all = CaptionText.pieces(text);
    for (int most = 0; most <= all; most++) {
      String cut = CaptionText.cut(text, most);
      assertThat(text).startsWith(cut);
      assertThat(CaptionText.pieces(cut)).isEqualTo(most);
    }
    assertThat(CaptionText.cut(text, 0)).isEmpty();
    assertThat(CaptionText.cut(text, all)).isEqualTo(text);
    assertThat(CaptionText.cut(text, all + 1)).isEqualTo(text);
    assertThat(CaptionText.cut(text, all - 1)).isNotEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "This description covers all.",
        "the very detailed summary of charts includes all",
        "My caption is short.",
        "I hope this helps.",
        "As requested, a chart.",
        "Feel free to ask.",
        "LET ME KNOW"
      })
  void whatSpeaksOfItselfOrToTheReaderIsMeta(String text) {
    assertThat(CaptionText.isMeta(text)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "A description covers all.",
        "This one two three description covers all.",
        "This description one two three covers all.",
        "This description recovers.",
        "A sign says: ahi hope"
      })
  void whatSpeaksOfTheImageIsNot(String text) {
    assertThat(CaptionText.isMeta(text)).isFalse();
  }

  private static String periodic(int words, int period) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      text.append(i == 0 ? "" : " ").append('w').append(i % period);
    }
    return text.toString();
  }
}
