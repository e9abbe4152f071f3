package dev.refract.harness.score.maths;

import dev.refract.harness.score.maths.Expr.Chain;
import dev.refract.harness.score.maths.Expr.Constant;
import dev.refract.harness.score.maths.Expr.Infinity;
import dev.refract.harness.score.maths.Expr.Num;
import dev.refract.harness.score.maths.Expr.Power;
import dev.refract.harness.score.maths.Expr.Relation;
import dev.refract.harness.score.maths.Expr.SetOf;
import dev.refract.harness.score.maths.Expr.Sym;
import dev.refract.harness.score.maths.MathLexer.Token;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.math3.fraction.BigFraction;
import org.apache.commons.math3.util.CombinatoricsUtils;

/// Parses tokens like the reference's grammar, with its surprises: letters are symbols and words
/// are products of them, an integer before a fraction is added to it, a letter before `(x)` is a
/// function.
final class MathParser {

  private static final Set<TokenKind> RELATIONS =
      Set.of(
          TokenKind.EQUAL,
          TokenKind.LESS,
          TokenKind.LESS_OR_EQUAL,
          TokenKind.GREATER,
          TokenKind.GREATER_OR_EQUAL,
          TokenKind.NOT_EQUAL);
  private static final Map<TokenKind, TokenKind> CLOSE =
      Map.of(
          TokenKind.ESCAPED_PARENTHESIS, TokenKind.CLOSING_ESCAPED_PARENTHESIS,
          TokenKind.PARENTHESIS, TokenKind.CLOSING_PARENTHESIS,
          TokenKind.BRACKET, TokenKind.CLOSING_BRACKET,
          TokenKind.BRACE, TokenKind.CLOSING_BRACE,
          TokenKind.ESCAPED_BRACE, TokenKind.CLOSING_ESCAPED_BRACE,
          TokenKind.LEFT_DELIMITER, TokenKind.RIGHT_DELIMITER);
  private static final Set<TokenKind> FACTOR_STARTS =
      Set.of(
          TokenKind.SYMBOL,
          TokenKind.TEXT,
          TokenKind.NUMBER,
          TokenKind.PERCENTAGE,
          TokenKind.EULER,
          TokenKind.CAPITAL_E,
          TokenKind.DIFFERENTIAL,
          TokenKind.INFINITY,
          TokenKind.PARENTHESIS,
          TokenKind.BRACE,
          TokenKind.BRACKET,
          TokenKind.ESCAPED_BRACE,
          TokenKind.LEFT_DELIMITER,
          TokenKind.FRACTION,
          TokenKind.ROOT);
  private static final Set<TokenKind> AFTER_SET =
      Set.of(
          TokenKind.COMMA,
          TokenKind.SEMICOLON,
          TokenKind.END,
          TokenKind.CLOSING_PARENTHESIS,
          TokenKind.CLOSING_BRACKET,
          TokenKind.CLOSING_BRACE,
          TokenKind.CLOSING_ESCAPED_BRACE,
          TokenKind.CLOSING_ESCAPED_PARENTHESIS);
  private static final Set<TokenKind> SUBSCRIPTS =
      Set.of(
          TokenKind.NUMBER,
          TokenKind.SYMBOL,
          TokenKind.DIFFERENTIAL,
          TokenKind.CAPITAL_E,
          TokenKind.EULER);

  /// The bars around an absolute value: the first, and the one that ends it.
  private static final Map<String, String> BARS =
      Map.of("|", "|", "\\vert", "\\vert", "\\lvert", "\\rvert");

  private static final Set<String> BINOMIALS = Set.of("\\binom", "\\tbinom", "\\dbinom");
  private static final Set<TokenKind> AFTER_ARGUMENT =
      Set.of(
          TokenKind.END,
          TokenKind.COMMA,
          TokenKind.SEMICOLON,
          TokenKind.PLUS,
          TokenKind.MINUS,
          TokenKind.EQUAL,
          TokenKind.CLOSING_PARENTHESIS,
          TokenKind.CLOSING_BRACKET,
          TokenKind.CLOSING_BRACE);

  private static final Pattern COMPLEX =
      Pattern.compile(
          "\\\\mathbb\\{C\\}|\\\\i\\b|\\bi\\b|\\\\text\\{i\\}|\\\\mathrm\\{i\\}|\\\\imath\\b|\\\\det"
              + "|\\\\operatorname\\{tr\\}|\\\\operatorname\\{rank\\}|\\\\text\\{rank\\}|\\\\arg\\{"
              + "|\\\\Re\\{|\\\\Im\\{|\\\\operatorname\\{Re\\}|\\\\operatorname\\{Im\\}"
              + "|\\\\text\\{Re\\}|\\\\text\\{Im\\}");
  private static final Pattern THOUSANDS =
      Pattern.compile("\\s*-?[0-9]{1,3}(,[0-9]{3})+(\\.[0-9]+)?\\s*");
  private static final Pattern EQUALS = Pattern.compile("(?<!\\\\|<|!|>)=");
  private static final Token END = new Token(TokenKind.END, "", "");
  private static final Map<String, String> GREEK = greek();
  private static final int MAX_STEPS = 20_000;
  private static final int MAX_DEPTH = 60;
  private static final int MAX_WRAPPED = 200;
  private static final int MAX_BINOMIAL = 60;
  private static final int MAX_NUMBER_DIGITS = 300;

  private final List<Token> tokens;
  private final boolean real;
  private int at;
  private int steps;
  private int nested;
  private int wrapped;
  private boolean insideBars;

  private MathParser(List<Token> tokens, boolean real) {
    this.tokens = tokens;
    this.real = real;
  }

  /// @throws Unparsed when the reference cannot parse the text either
  /// @throws Undecided when the reference's result is not modelled here
  static Expr parse(String text) {
    try {
      return whole(text);
    } catch (Unparsed e) {
      if (!text.contains(",") && !text.contains(";")) {
        String[] parts = EQUALS.split(text, -1);
        if (parts.length > 2) {
          return whole(parts[parts.length - 1]);
        }
      }
      throw e;
    }
  }

  private static Expr whole(String text) {
    List<Token> tokens = MathLexer.tokens(text);
    if (tokens.isEmpty()) {
      throw new Unparsed("empty");
    }
    Expr read = new MathParser(tokens, !COMPLEX.matcher(text).find()).mathematics();
    if (!THOUSANDS.matcher(text).matches()) {
      return read;
    }
    boolean decimalComma = text.startsWith("0");
    String number = text.replace(",", decimalComma ? "." : "").strip();
    if (number.indexOf('.') != number.lastIndexOf('.')) {
      throw new Unparsed("number");
    }
    return number.startsWith("-") ? Expr.negative(number(number.substring(1))) : number(number);
  }

  private Token token() {
    if (++steps > MAX_STEPS) {
      throw new Undecided("nested too deeply");
    }
    return at < tokens.size() ? tokens.get(at) : END;
  }

  private TokenKind kind() {
    return token().kind();
  }

  private boolean isAt(TokenKind kind) {
    return kind() == kind;
  }

  private Token eat(TokenKind kind) {
    Token token = token();
    if (token.kind() != kind) {
      throw new Unparsed("expected " + kind);
    }
    at++;
    return token;
  }

  private <T> Optional<T> attempt(Supplier<T> reading) {
    int before = at;
    int depth = nested;
    boolean inside = insideBars;
    try {
      return Optional.of(reading.get());
    } catch (Unparsed e) {
      if (e.fatal()) {
        throw e;
      }
      at = before;
      nested = depth;
      insideBars = inside;
      return Optional.empty();
    }
  }

  private Expr mathematics() {
    boolean operator = tokens.stream().anyMatch(t -> t.text().equals("\\operatorname"));
    if (!operator && tokens.stream().anyMatch(t -> t.kind() == TokenKind.FUNCTION_NAME)) {
      throw new Unparsed("function name");
    }
    boolean matrix = tokens.stream().anyMatch(t -> t.text().equals("\\begin"));
    if (!matrix && tokens.stream().anyMatch(t -> t.kind() == TokenKind.STOP)) {
      throw new Unparsed("stop or separator");
    }
    List<String> others =
        tokens.stream().filter(t -> t.kind() == TokenKind.OTHER).map(Token::text).toList();
    long bars = others.stream().filter(o -> BARS.containsKey(o) || BARS.containsValue(o)).count();
    if (others.equals(List.of("|"))) {
      throw new Unparsed("one bar");
    } else if (bars != 0 && bars != 2
        || others.stream()
            .anyMatch(other ->
                MathFunction.of(other).isEmpty()
                    && !BARS.containsKey(other)
                    && !BARS.containsValue(other)
                    && !BINOMIALS.contains(other))) {
      throw new Undecided("other grammar");
    }
    Optional<Expr> assignment = attempt(this::assignment);
    if (assignment.isPresent()) {
      return assignment.get();
    }
    at = 0;
    List<List<Expr>> rows = elements(true);
    eat(TokenKind.END);
    return collected(rows);
  }

  /// A single symbol, `=`, a list.
  private Expr assignment() {
    boolean bracket = isAt(TokenKind.PARENTHESIS);
    if (bracket) {
      at++;
    }
    Expr left = symbol(true);
    if (bracket) {
      if (isAt(TokenKind.COMMA)) {
        throw new Undecided("list of symbols");
      }
      eat(TokenKind.CLOSING_PARENTHESIS);
    }
    Token sign = isAt(TokenKind.ELEMENT_OF) ? eat(TokenKind.ELEMENT_OF) : eat(TokenKind.EQUAL);
    if (sign.text().equals("==") || sign.text().equals("\\equiv")) {
      throw new Unparsed("==");
    }
    List<List<Expr>> right = elements(false);
    eat(TokenKind.END);
    return new Relation("=", left, collected(right));
  }

  private static Expr collected(List<List<Expr>> rows) {
    if (rows.size() == 1) {
      List<Expr> row = rows.getFirst();
      return row.size() == 1 ? row.getFirst() : SetOf.of(row);
    }
    boolean single = rows.stream().allMatch(row -> row.size() == 1);
    return SetOf.of(
        rows.stream()
            .map(row -> single ? row.getFirst() : (Expr) new Expr.Tuple(List.copyOf(row)))
            .toList());
  }

  private List<List<Expr>> elements(boolean relations) {
    List<List<Expr>> rows = new ArrayList<>();
    rows.add(row(relations));
    while (isAt(TokenKind.SEMICOLON)) {
      at++;
      rows.add(row(relations));
    }
    return rows;
  }

  private List<Expr> row(boolean relations) {
    List<Expr> items = new ArrayList<>(element(relations));
    while (isAt(TokenKind.COMMA)) {
      at++;
      items.addAll(element(relations));
    }
    return items;
  }

  private List<Expr> element(boolean relations) {
    enter();
    List<Expr> element = oneOrTwo(relations);
    nested--;
    return element;
  }

  /// An element, or with a sign of both kinds two.
  private List<Expr> oneOrTwo(boolean relations) {
    if (isAt(TokenKind.PLUS_MINUS)) {
      at++;
      Expr e = expression();
      return List.of(Expr.negative(e), e);
    }
    int before = at;
    if (CLOSE.containsKey(kind())) {
      Optional<Expr> set = attempt(this::set);
      if (set.isPresent() && AFTER_SET.contains(kind())) {
        return List.of(set.get());
      }
      at = before;
    }
    Expr e = relations ? relation() : expression();
    if (!isAt(TokenKind.PLUS_MINUS)) {
      return List.of(e);
    }
    at++;
    Expr f = expression();
    if (e.isRelation()) {
      throw new Unparsed("relation with plus minus");
    }
    return List.of(Expr.sum(e, f), Expr.sum(e, Expr.negative(f)));
  }

  private Expr set() {
    TokenKind open = kind();
    boolean round =
        Set.of(TokenKind.PARENTHESIS, TokenKind.BRACKET, TokenKind.ESCAPED_PARENTHESIS)
            .contains(open);
    int before = at;
    if (round) {
      Optional<Expr> interval = attempt(this::interval);
      if (interval.isPresent()) {
        return interval.get();
      }
      at = before;
    }
    if (open == TokenKind.LEFT_DELIMITER) {
      throw new Undecided("lbrace");
    }
    at++;
    if (open == TokenKind.BRACE && isAt(TokenKind.CLOSING_BRACE)) {
      throw new Undecided("empty set");
    }
    List<Expr> items = elements(true).stream().flatMap(List::stream).toList();
    eat(closing(open));
    if (!round) {
      return SetOf.of(items);
    }
    return items.size() == 1 ? items.getFirst() : new Expr.Tuple(items);
  }

  private static TokenKind closing(TokenKind open) {
    return Objects.requireNonNull(CLOSE.get(open));
  }

  private Expr interval() {
    boolean lowOpen = !isAt(TokenKind.BRACKET);
    at++;
    Expr low = expression();
    eat(TokenKind.COMMA);
    Expr high = expression();
    if (!Set.of(
            TokenKind.CLOSING_PARENTHESIS,
            TokenKind.CLOSING_BRACKET,
            TokenKind.CLOSING_ESCAPED_PARENTHESIS)
        .contains(kind())) {
      throw new Unparsed("interval");
    }
    boolean highOpen = !isAt(TokenKind.CLOSING_BRACKET);
    at++;
    return MathValues.interval(low, high, lowOpen, highOpen);
  }

  private Expr relation() {
    Expr left = expression();
    while (RELATIONS.contains(kind())
        || isAt(TokenKind.APPROXIMATELY)
        || isAt(TokenKind.ELEMENT_OF)) {
      TokenKind op = kind();
      at++;
      Expr right = expression();
      if (op == TokenKind.APPROXIMATELY) {
        if (left.isRelation()) {
          throw new Undecided("chain with approx");
        }
        left = left.isSymbolsOnly() ? right : left;
      } else if (op == TokenKind.ELEMENT_OF) {
        throw new Undecided("element of an expression");
      } else {
        left =
            switch (left) {
              case Chain chain ->
                  new Chain(
                      Stream.concat(
                              chain.relations().stream(),
                              Stream.of(
                                  new Relation(
                                      op.symbol(), chain.relations().getLast().right(), right)))
                          .toList());
              case Relation first ->
                  new Chain(List.of(first, new Relation(op.symbol(), first.right(), right)));
              default -> new Relation(op.symbol(), left, right);
            };
      }
    }
    return left;
  }

  private Expr expression() {
    enter();
    Expr left = product();
    while (isAt(TokenKind.PLUS) || isAt(TokenKind.MINUS)) {
      boolean minus = isAt(TokenKind.MINUS);
      at++;
      Expr right = product();
      left = Expr.sum(left, minus ? Expr.negative(right) : right);
    }
    nested--;
    return left;
  }

  /// Counts the trees that were put into another without a level of their own, as in `x!!!`.
  private void wrap() {
    if (++wrapped > MAX_WRAPPED) {
      throw new Undecided("nested too deeply");
    }
  }

  /// One level deeper. Deep trees would overflow the stack, here or where they are compared.
  private void enter() {
    if (++nested > MAX_DEPTH) {
      throw new Undecided("nested too deeply");
    }
  }

  private Expr product() {
    Expr left = signed();
    while (isAt(TokenKind.TIMES) || isAt(TokenKind.DIVIDED)) {
      boolean times = isAt(TokenKind.TIMES);
      at++;
      Expr right = signed();
      left = times ? Expr.product(left, right) : Expr.quotient(left, right);
      wrap();
    }
    return left;
  }

  private Expr signed() {
    if (isAt(TokenKind.PLUS) || isAt(TokenKind.MINUS)) {
      boolean minus = isAt(TokenKind.MINUS);
      at++;
      enter();
      Expr of = signed();
      nested--;
      return minus ? Expr.negative(of) : of;
    }
    List<Expr> items = new ArrayList<>();
    items.add(postfix());
    while (isFactorStart()) {
      Optional<Expr> next = attempt(this::postfix);
      if (next.isEmpty()) {
        break;
      }
      items.add(next.get());
    }
    Expr out = items.getLast();
    for (Expr x : items.subList(0, items.size() - 1).reversed()) {
      out = beside(x, out);
    }
    return out;
  }

  private boolean isFactorStart() {
    return FACTOR_STARTS.contains(kind())
        || isAt(TokenKind.OTHER) && !(insideBars && !token().text().startsWith("\\l"));
  }

  /// Juxtaposition: a product, except that an integer before a positive fraction or integer is
  /// added.
  private static Expr beside(Expr x, Expr out) {
    boolean mixed =
        x instanceof Num n
            && n.isInteger()
            && out instanceof Num m
            && !m.decimal()
            && m.value().compareTo(BigFraction.ZERO) > 0;
    if (!mixed) {
      return Expr.product(x, out);
    }
    BigFraction whole = ((Num) x).value();
    BigFraction part = ((Num) out).value();
    return new Num(
        whole.compareTo(BigFraction.ZERO) >= 0 ? whole.add(part) : whole.subtract(part), false);
  }

  private Expr postfix() {
    Expr x = power();
    while (isAt(TokenKind.FACTORIAL) || isAt(TokenKind.DEGREE)) {
      x = isAt(TokenKind.FACTORIAL) ? new Expr.Factorial(x) : x; // degrees are dropped
      wrap();
      at++;
    }
    return x;
  }

  private Expr power() {
    Expr x = compound();
    while (isAt(TokenKind.POWER)) {
      at++;
      x = new Power(x, superscript());
      wrap();
      if (isAt(TokenKind.SUBSCRIPT)) {
        throw new Undecided("subscript");
      }
    }
    return x;
  }

  private Expr superscript() {
    if (!isAt(TokenKind.BRACE)) {
      return atom();
    }
    at++;
    Expr e = expression();
    eat(TokenKind.CLOSING_BRACE);
    return e;
  }

  private Expr compound() {
    TokenKind kind = kind();
    if (CLOSE.containsKey(kind) && kind != TokenKind.ESCAPED_PARENTHESIS) {
      at++;
      Expr e = expression();
      eat(closing(kind));
      return e;
    }
    return switch (kind) {
      case FRACTION -> fraction();
      case ROOT -> root();
      case EULER -> {
        at++;
        if (isAt(TokenKind.POWER)) {
          at++;
          yield new Power(Constant.E, superscript());
        }
        yield Constant.E;
      }
      case OTHER -> other();
      default -> atom();
    };
  }

  /// An absolute value, a function of one argument, or a binomial coefficient of numbers.
  private Expr other() {
    String command = token().text();
    at++;
    if (BARS.containsKey(command) && !insideBars) {
      insideBars = true;
      Expr of = expression();
      insideBars = false;
      if (!token().text().equals(BARS.get(command))) {
        throw new Unparsed("expected a bar");
      }
      at++;
      return new Expr.Applied(MathFunction.ABSOLUTE, of);
    } else if (BINOMIALS.contains(command)) {
      return binomial();
    }
    MathFunction function =
        MathFunction.of(command).orElseThrow(() -> new Unparsed("unexpected " + command));
    Expr base = null;
    if (isAt(TokenKind.SUBSCRIPT) && function == MathFunction.LOGARITHM) {
      at++;
      base = isAt(TokenKind.BRACE) ? braced() : atom();
    } else if (isAt(TokenKind.SUBSCRIPT) || isAt(TokenKind.POWER)) {
      throw new Undecided("function with an index");
    }
    if (isAt(TokenKind.PLUS) || isAt(TokenKind.MINUS)) {
      throw new Undecided("function of a sign");
    }
    Expr argument = postfix();
    if (!AFTER_ARGUMENT.contains(kind())) {
      throw new Undecided("function of a product");
    } else if (base == null) {
      return new Expr.Applied(function, argument);
    }
    return Expr.quotient(
        new Expr.Applied(MathFunction.NATURAL_LOGARITHM, argument),
        new Expr.Applied(MathFunction.NATURAL_LOGARITHM, base));
  }

  private Expr binomial() {
    Expr n = braced();
    Expr k = braced();
    if (!(n instanceof Num a && k instanceof Num b && a.isInteger() && b.isInteger())
        || a.value().compareTo(new BigFraction(MAX_BINOMIAL)) > 0
        || b.value().compareTo(BigFraction.ZERO) < 0
        || b.value().compareTo(a.value()) > 0) {
      throw new Undecided("binomial");
    }
    long value = CombinatoricsUtils.binomialCoefficient(a.value().intValue(), b.value().intValue());
    return new Num(new BigFraction(value), false);
  }

  private Expr fraction() {
    at++;
    Expr above = braced();
    Expr below = braced();
    if (below instanceof Sym s && s.name().length() == 2 && s.name().startsWith("d")) {
      throw new Undecided("derivative");
    }
    return Expr.quotient(above, below);
  }

  private Expr braced() {
    eat(TokenKind.BRACE);
    Expr e = expression();
    eat(TokenKind.CLOSING_BRACE);
    return e;
  }

  private Expr root() {
    at++;
    Expr degree = new Num(new BigFraction(2), false);
    if (isAt(TokenKind.BRACKET)) {
      at++;
      degree = expression();
      eat(TokenKind.CLOSING_BRACKET);
    }
    Expr of = braced();
    if (!(degree instanceof Num n) || !n.isInteger() || n.value().compareTo(BigFraction.ONE) < 0) {
      throw new Undecided("root");
    }
    return new Power(of, new Num(n.value().reciprocal(), false));
  }

  private Expr atom() {
    Token token = token();
    if (token.kind() == TokenKind.SYMBOL || token.kind() == TokenKind.TEXT) {
      return symbol(false);
    }
    at++;
    return switch (token.kind()) {
      case NUMBER -> {
        if (isAt(TokenKind.SUBSCRIPT)) {
          subscript();
        }
        yield number(token.text());
      }
      case PERCENTAGE ->
          new Expr.Product(List.of(number(token.text()), new Num(new BigFraction(1, 100), false)));
      case CAPITAL_E -> new Sym("e", real);
      case DIFFERENTIAL -> new Sym(token.text(), real);
      case INFINITY -> new Infinity(1);
      default -> throw new Unparsed("unexpected " + token.kind().symbol());
    };
  }

  private String subscript() {
    eat(TokenKind.SUBSCRIPT);
    StringBuilder text = new StringBuilder();
    TokenKind kind = kind();
    if (SUBSCRIPTS.contains(kind) && kind != TokenKind.EULER) {
      text.append(eat(kind).text());
      if (kind != TokenKind.NUMBER && (isAt(TokenKind.SUBSCRIPT) || isAt(TokenKind.POWER))) {
        throw new Undecided("nested subscript");
      }
    } else if (kind == TokenKind.BRACE) {
      at++;
      while (!isAt(TokenKind.CLOSING_BRACE)) {
        if (!SUBSCRIPTS.contains(kind())) {
          throw new Undecided("subscript");
        }
        text.append(eat(kind()).text());
      }
      at++;
      if (text.isEmpty()) {
        throw new Unparsed("empty subscript");
      }
    } else if (Set.of(TokenKind.TEXT, TokenKind.PERCENTAGE, TokenKind.INFINITY).contains(kind)) {
      throw new Undecided("subscript");
    } else {
      throw new Unparsed("subscript");
    }
    String plain = text.toString().strip();
    return plain.length() == 1 ? "_" + plain : "_{" + plain + "}";
  }

  /// @param alone whether the symbol may not be the name of a call
  private Expr symbol(boolean alone) {
    Token token = token();
    boolean text = token.kind() == TokenKind.TEXT;
    if (!text && token.kind() != TokenKind.SYMBOL) {
      throw new Unparsed("no symbol");
    }
    at++;
    if (token.font().startsWith("math")) {
      throw new Undecided("math font");
    }
    String name = text ? token.text().replaceAll("[ ()]", "") : token.text();
    String raw = text ? "\\%s{%s}".formatted(token.font(), token.text()) : token.text();
    String sub = isAt(TokenKind.SUBSCRIPT) ? subscript() : "";
    if (!alone && (isAt(TokenKind.PARENTHESIS) || isAt(TokenKind.BRACKET))) {
      Optional<Expr> call = attempt(() -> call(raw + sub));
      if (call.isPresent()) {
        return call.get();
      }
    }
    Expr x = named(name, sub, !text);
    if (isAt(TokenKind.POWER)) {
      at++;
      x = new Power(x, superscript());
      if (isAt(TokenKind.SUBSCRIPT) || isAt(TokenKind.PARENTHESIS)) {
        throw new Undecided("superscript, then more");
      }
    }
    return x;
  }

  private Expr named(String name, String sub, boolean letter) {
    if (letter && name.equals("I")) {
      if (!sub.isEmpty()) {
        throw new Undecided("I with a subscript");
      }
      return Constant.I;
    }
    String known = GREEK.getOrDefault(name + sub, name + sub).strip();
    String lower = (known.startsWith("\\") ? known.substring(1) : known).toLowerCase(Locale.ROOT);
    return lower.equals("pi") ? Constant.PI : new Sym(lower, real);
  }

  /// `f(atom)` or `f(expression, ...)`; the name keeps its letter case.
  private Expr call(String name) {
    TokenKind open = kind();
    at++;
    List<Expr> arguments = new ArrayList<>();
    int before = at;
    Optional<Expr> atom = attempt(this::atom);
    if (atom.isPresent() && isAt(closing(open))) {
      arguments.add(atom.get());
    } else {
      at = before;
      arguments.add(expression());
      if (!isAt(TokenKind.COMMA)) {
        throw new Unparsed("not a call");
      }
      while (isAt(TokenKind.COMMA)) {
        at++;
        if (isAt(closing(open))) {
          break;
        }
        arguments.add(expression());
      }
    }
    eat(closing(open));
    boolean plain =
        arguments.stream()
            .allMatch(a -> a instanceof Sym || a instanceof Num || a instanceof Constant);
    return new Expr.Call(name, List.copyOf(arguments), plain);
  }

  private static Num number(String text) {
    String plain = text.replace('−', '-').replace('∸', '-');
    plain = plain.replace('∔', '+').replace('⊕', '+').replace('⊞', '+');
    int exponent = plain.indexOf('E');
    if (plain.length() > MAX_NUMBER_DIGITS
        || (exponent >= 0 && tooLarge(plain.substring(exponent + 1)))) {
      throw new Undecided("huge number");
    }
    boolean decimal = plain.contains(".") || exponent >= 0;
    BigDecimal value = new BigDecimal(plain);
    BigFraction fraction =
        value.scale() <= 0
            ? new BigFraction(value.toBigIntegerExact())
            : new BigFraction(value.unscaledValue(), BigInteger.TEN.pow(value.scale()));
    return new Num(fraction, decimal);
  }

  private static boolean tooLarge(String exponent) {
    String digits = exponent.replaceFirst("^[+-]?0*", "");
    return digits.length() > 3
        || (!digits.isEmpty() && Integer.parseInt(digits) > MAX_NUMBER_DIGITS);
  }

  private static Map<String, String> greek() {
    Map<String, String> greek = new HashMap<>();
    for (String line : MathText.lines("maths-greek.txt")) {
      int blank = line.indexOf(' ');
      greek.put(line.substring(0, blank), line.substring(blank + 1));
    }
    return Map.copyOf(greek);
  }
}
