package dev.refract.harness.score.maths;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The terminals of the reference's grammar, each with its name in `maths-literals.txt`.
enum TokenKind {
  END("EOF"),
  SKIPPED("SKIP"),
  SYMBOL("SYM"),
  TEXT("TEXT"),
  NUMBER("NUM"),
  PERCENTAGE("PCT"),
  EULER("EXP"),
  CAPITAL_E("BIGE"),
  DIFFERENTIAL("DIFF"),
  INFINITY("OO"),
  FRACTION("FRAC"),
  ROOT("SQRT"),
  FUNCTION_NAME("WORD"),
  STOP("BAD"),
  /// A literal of a part of the grammar that is not modelled.
  OTHER("OTHER"),
  ELEMENT_OF("IN"),
  PLUS_MINUS("PM"),
  DEGREE("DEG"),
  LEFT_DELIMITER("L"),
  RIGHT_DELIMITER("R"),
  EQUAL("="),
  NOT_EQUAL("!="),
  LESS("<"),
  LESS_OR_EQUAL("<="),
  GREATER(">"),
  GREATER_OR_EQUAL(">="),
  APPROXIMATELY("~"),
  PLUS("+"),
  MINUS("-"),
  TIMES("*"),
  DIVIDED("/"),
  POWER("^"),
  SUBSCRIPT("_"),
  FACTORIAL("!"),
  HASH("#"),
  COMMA(","),
  SEMICOLON(";"),
  PARENTHESIS("("),
  CLOSING_PARENTHESIS(")"),
  BRACKET("["),
  CLOSING_BRACKET("]"),
  BRACE("{"),
  CLOSING_BRACE("}"),
  ESCAPED_PARENTHESIS("\\("),
  CLOSING_ESCAPED_PARENTHESIS("\\)"),
  ESCAPED_BRACE("\\{"),
  CLOSING_ESCAPED_BRACE("\\}");

  private static final Map<String, TokenKind> BY_SYMBOL =
      Stream.of(values()).collect(Collectors.toMap(TokenKind::symbol, kind -> kind));

  private final String symbol;

  TokenKind(String symbol) {
    this.symbol = symbol;
  }

  String symbol() {
    return symbol;
  }

  /// @throws IllegalArgumentException when the grammar has no such terminal
  static TokenKind of(String symbol) {
    TokenKind kind = BY_SYMBOL.get(symbol);
    if (kind == null) {
      throw new IllegalArgumentException("no terminal of the grammar: " + symbol);
    }
    return kind;
  }
}
