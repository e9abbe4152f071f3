package dev.refract.harness.score.maths;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Splits a text into tokens of the reference's grammar: the longest match wins; at equal length a
/// literal wins over a pattern.
final class MathLexer {

  private static final Map<String, TokenKind> LITERALS = literals();
  private static final int LONGEST_NAME =
      LITERALS.keySet().stream().mapToInt(String::length).max().orElseThrow();
  private static final Pattern NUMBER = Pattern.compile("[0-9]*\\.[0-9]+|[0-9]+");
  private static final Pattern EXPONENT =
      Pattern.compile("(?:[0-9]*\\.[0-9]+|[0-9]+)E[-−∸+∔⊕⊞]?[0-9]+");
  private static final Pattern PERCENT =
      Pattern.compile("([0-9]*\\.[0-9]+|[0-9]+)[ \\t\\r\\n]?\\\\?%");
  private static final Pattern DIFFERENTIAL = Pattern.compile("d[ \\t\\r\\n]*([a-zA-Z])");
  private static final Pattern TEXT =
      Pattern.compile(
          "\\\\(text|textit|textbf|textnormal|mbox|mathrm|mathbf|mathit)["
              + " \\t\\r\\n]?\\{([^}]*)\\}");
  private static final Pattern D_BEFORE_COMMAND = Pattern.compile("d\\s*\\\\[a-zA-Z]");

  private MathLexer() {}

  /// @param kind terminal of the grammar: a literal's kind, or a number, percentage, differential
  ///   or text
  /// @param text the token's text; for a percentage its number, for `\text{..}` the content
  /// @param font font of a text, else empty
  record Token(TokenKind kind, String text, String font) {}

  static List<Token> tokens(String s) {
    List<Token> tokens = new ArrayList<>();
    int at = 0;
    while (at < s.length()) {
      if (" \t\r\n".indexOf(s.charAt(at)) >= 0) {
        at++;
        continue;
      }
      int length = 0;
      Token token = new Token(TokenKind.SKIPPED, "", "");
      for (int n = Math.min(LONGEST_NAME, s.length() - at); n > 0 && length == 0; n--) {
        TokenKind kind = LITERALS.get(s.substring(at, at + n));
        if (kind != null) {
          length = n;
          token = new Token(kind, s.substring(at, at + n), "");
        }
      }
      for (Pattern pattern : List.of(DIFFERENTIAL, NUMBER, EXPONENT, PERCENT, TEXT)) {
        Matcher m = pattern.matcher(s).region(at, s.length());
        m.useTransparentBounds(true);
        if (m.lookingAt() && m.end() - at > length) {
          length = m.end() - at;
          token = token(pattern, m);
        }
      }
      if (length == 0) {
        throw new Unparsed("character " + s.charAt(at));
      }
      if (token.kind == TokenKind.SYMBOL
          && token.text.equals("d")
          && D_BEFORE_COMMAND.matcher(s.substring(at)).lookingAt()) {
        throw new Undecided("d before a command");
      }
      if (token.kind != TokenKind.SKIPPED) {
        tokens.add(token);
      }
      at += length;
    }
    return tokens;
  }

  private static Token token(Pattern pattern, Matcher m) {
    if (pattern == DIFFERENTIAL) {
      return new Token(TokenKind.DIFFERENTIAL, "d" + m.group(1), "");
    } else if (pattern == PERCENT) {
      return new Token(TokenKind.PERCENTAGE, m.group(1), "");
    } else if (pattern == TEXT) {
      return new Token(TokenKind.TEXT, m.group(2), m.group(1));
    }
    return new Token(TokenKind.NUMBER, m.group(), "");
  }

  private static Map<String, TokenKind> literals() {
    Map<String, TokenKind> literals = new HashMap<>();
    for (String line : MathText.lines("maths-literals.txt")) {
      int blank = line.indexOf(' ');
      literals.put(line.substring(blank + 1), TokenKind.of(line.substring(0, blank)));
    }
    return Map.copyOf(literals);
  }
}
