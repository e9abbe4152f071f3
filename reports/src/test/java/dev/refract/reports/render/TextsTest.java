package dev.refract.reports.render;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Texts as far as a page can show them.
class TextsTest {

  @Test
  void twentyThousandCharactersStayAndOfMoreTheNumberIsTold() {
    String most = "x".repeat(20_000);
    assertThat(Texts.cut(most)).isSameAs(most);
    String cut = Texts.cut(most + "y");
    assertThat(cut).startsWith(most + "\n").contains("20,001").doesNotContain("y");
    assertThat(cut.length()).isLessThan(20_100);
    assertThat(Texts.cut("")).isEmpty();
  }

  @Test
  void aCutKeepsWholeCharacters() {
    String cut = Texts.cut("x".repeat(19_999) + "😀" + "y");
    assertThat(Texts.visible(cut)).doesNotContain("U+d83d");
  }

  @Test
  void ordinaryTextLineFeedsAndTabsStay() {
    String text = "Größe: 5 €\n\t<b>&amp;</b> 漢字 😀 ~";
    assertThat(Texts.visible(text)).isEqualTo(text);
  }

  @Test
  void controlsBecomeTheirPictures() {
    assertThat(Texts.visible("\u0000\u0008\u000b\r\u001b\u001f"))
        .isEqualTo("\u2400\u2408\u240b\u240d\u241b\u241f");
    assertThat(Texts.visible(" ")).isEqualTo(" ");
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0x7f, 0x80, 0x9f, 0xd800, 0xdfff, 0x202a, 0x202e, 0x2066, 0x2069, 0xfffe, 0xffff})
  void whatCannotBeSeenIsWrittenAsItsNumber(int codePoint) {
    assertThat(Texts.visible("a" + Character.toString(codePoint) + "b"))
        .isEqualTo("a⟨U+" + Integer.toHexString(codePoint) + "⟩b");
  }

  @ParameterizedTest
  @ValueSource(ints = {0x7e, 0xa0, 0xd7ff, 0xe000, 0x2029, 0x202f, 0x2065, 0x206a, 0xfffd, 0x10000})
  void theNeighboursOfWhatCannotBeSeenStay(int codePoint) {
    String text = "a" + Character.toString(codePoint) + "b";
    assertThat(Texts.visible(text)).isEqualTo(text);
  }
}
