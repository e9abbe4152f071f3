package dev.refract.harness.score.maths;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.refract.harness.score.maths.MathLexer.Token;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Into which tokens a formula is cut: the longest match counts, a literal before a pattern.
class MathLexerTest {

  private static Token token(TokenKind kind, String text) {
    return new Token(kind, text, "");
  }

  private static List<TokenKind> kinds(String text) {
    return MathLexer.tokens(text).stream().map(Token::kind).toList();
  }

  @Test
  void aFormulaIsCutIntoItsTokens() {
    assertThat(MathLexer.tokens("2x + .5"))
        .containsExactly(
            token(TokenKind.NUMBER, "2"),
            token(TokenKind.SYMBOL, "x"),
            token(TokenKind.PLUS, "+"),
            token(TokenKind.NUMBER, ".5"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "12.5", ".5", "0", "1E5", "1.5E-3", ".5E+2", "1E−2"})
  void aNumberIsOneToken(String text) {
    assertThat(MathLexer.tokens(text)).containsExactly(token(TokenKind.NUMBER, text));
  }

  @Test
  void anExponentNeedsACapitalAndADigit() {
    assertThat(kinds("1e5")).containsExactly(TokenKind.NUMBER, TokenKind.EULER, TokenKind.NUMBER);
    assertThat(kinds("1E")).containsExactly(TokenKind.NUMBER, TokenKind.CAPITAL_E);
  }

  @ParameterizedTest
  @CsvSource({"45%,45", "45 %,45", "45\\%,45", "4.5 \\%,4.5", ".5%,.5"})
  void aPercentageIsItsNumber(String text, String number) {
    assertThat(MathLexer.tokens(text)).containsExactly(token(TokenKind.PERCENTAGE, number));
  }

  @Test
  void aDAndALetterAreADifferential() {
    assertThat(MathLexer.tokens("dx")).containsExactly(token(TokenKind.DIFFERENTIAL, "dx"));
    assertThat(MathLexer.tokens("d  y")).containsExactly(token(TokenKind.DIFFERENTIAL, "dy"));
    assertThat(MathLexer.tokens("d+x"))
        .containsExactly(
            token(TokenKind.SYMBOL, "d"), token(TokenKind.PLUS, "+"), token(TokenKind.SYMBOL, "x"));
  }

  @Test
  void aDBeforeACommandIsNotModelled() {
    assertThatThrownBy(() -> MathLexer.tokens("d\\alpha")).isInstanceOf(Undecided.class);
    assertThatThrownBy(() -> MathLexer.tokens("2d \\alpha")).isInstanceOf(Undecided.class);
    assertThat(kinds("x\\alpha")).containsExactly(TokenKind.SYMBOL, TokenKind.SYMBOL);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"text", "textit", "textbf", "textnormal", "mbox", "mathrm", "mathbf", "mathit"})
  void aTextHasItsFont(String font) {
    assertThat(MathLexer.tokens("\\" + font + "{a b}"))
        .containsExactly(new Token(TokenKind.TEXT, "a b", font));
    assertThat(MathLexer.tokens("\\" + font + " {}"))
        .containsExactly(new Token(TokenKind.TEXT, "", font));
  }

  @Test
  void theLongestLiteralCounts() {
    assertThat(MathLexer.tokens("<=")).containsExactly(token(TokenKind.LESS_OR_EQUAL, "<="));
    assertThat(MathLexer.tokens("\\leq")).containsExactly(token(TokenKind.LESS_OR_EQUAL, "\\leq"));
    assertThat(MathLexer.tokens("\\le1"))
        .containsExactly(token(TokenKind.LESS_OR_EQUAL, "\\le"), token(TokenKind.NUMBER, "1"));
    assertThat(MathLexer.tokens("\\frac")).containsExactly(token(TokenKind.FRACTION, "\\frac"));
    assertThat(MathLexer.tokens("\\infty")).containsExactly(token(TokenKind.INFINITY, "\\infty"));
  }

  @Test
  void blanksAndSpacingAreNoTokens() {
    assertThat(MathLexer.tokens("")).isEmpty();
    assertThat(MathLexer.tokens(" \t\r\n\\, \\: ")).isEmpty();
    assertThat(kinds("x\\,y")).containsExactly(TokenKind.SYMBOL, TokenKind.SYMBOL);
  }

  @Test
  void aCharacterThatNobodyKnowsCannotBeRead() {
    assertThatThrownBy(() -> MathLexer.tokens("x+字"))
        .isInstanceOf(Unparsed.class)
        .hasMessageContaining("字");
  }
}
