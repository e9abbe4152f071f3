package dev.refract.reports.caption;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which signs are control tokens, and what is made of them.
class ControlTokensTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<|im_start|>",
        "<|x|>",
        "<s>",
        "</s>",
        "<start_of_turn>",
        "<end_of_turn>",
        "<think>",
        "</think>",
        "<bos>",
        "<eos>",
        "[INST]",
        "[/INST]"
      })
  void aControlTokenIsCountedAndOnlyItsFirstSignReplaced(String token) {
    String text = "a " + token + " b";
    assertThat(ControlTokens.count(text)).isEqualTo(1);
    String first = token.startsWith("<") ? "‹" : "⟦";
    assertThat(ControlTokens.neutral(text)).isEqualTo("a " + first + token.substring(1) + " b");
    assertThat(ControlTokens.count(ControlTokens.neutral(text))).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<||>",
        "<|a",
        "<|a\nb|>",
        "<|a<b|>",
        "< s>",
        "<ss>",
        "<table>",
        "[INST",
        "[inst]",
        "[x]",
        ""
      })
  void whatOnlyLooksLikeOneStays(String text) {
    assertThat(ControlTokens.count(text)).isZero();
    assertThat(ControlTokens.neutral(text)).isEqualTo(text);
  }

  @Test
  void aNameOfSixtyFourSignsIsATokenAndALongerOneIsNot() {
    assertThat(ControlTokens.count("<|" + "a".repeat(64) + "|>")).isEqualTo(1);
    assertThat(ControlTokens.count("<|" + "a".repeat(65) + "|>")).isZero();
  }

  @Test
  void tokensThatFollowEachOtherAreAllFound() {
    String text = "<|a|><|b|></s><s>[INST][/INST]";
    assertThat(ControlTokens.count(text)).isEqualTo(6);
    assertThat(ControlTokens.neutral(text)).isEqualTo("‹|a|>‹|b|>‹/s>‹s>⟦INST]⟦/INST]");
  }
}
