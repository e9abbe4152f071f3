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
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.math3.fraction.BigFraction;

/// Reads tokens as the reference's grammar does, with its surprises: letters are symbols and words
/// their products, an integer before a fraction is added to it, a letter before `(x)` is a
/// function.
final class MathParser {

  private static final Set<String> RELATIONS = Set.of("=", "<", "<=", ">", ">=", "!=");
  private static final Map<String, String> CLOSE =
      Map.of("\\(", "\\)", "(", ")", "[", "]", "{", "}", "\\{", "\\}", "L", "R");
  private static final Set<String> FACTOR_STARTS =
      Set.of(
          "SYM", "TEXT", "NUM", "PCT", "EXP", "BIGE", "DIFF", "OO", "(", "{", "[", "\\{", "L",
          "FRAC", "SQRT");
  private static final Set<String> AFTER_SET = Set.of(",", ";", "EOF", ")", "]", "}", "\\}", "\\)");
  private static final Set<String> SUBSCRIPTS = Set.of("NUM", "SYM", "DIFF", "BIGE", "EXP");
  private static final Pattern COMPLEX =
      Pattern.compile(
          "\\\\mathbb\\{C\\}|\\\\i\\b|\\bi\\b|\\\\text\\{i\\}|\\\\mathrm\\{i\\}|\\\\imath\\b|\\\\det"
              + "|\\\\operatorname\\{tr\\}|\\\\operatorname\\{rank\\}|\\\\text\\{rank\\}|\\\\arg\\{"
              + "|\\\\Re\\{|\\\\Im\\{|\\\\operatorname\\{Re\\}|\\\\operatorname\\{Im\\}"
              + "|\\\\text\\{Re\\}|\\\\text\\{Im\\}");
  private static final Pattern THOUSANDS =
      Pattern.compile("\\s*-?[0-9]{1,3}(,[0-9]{3})+(\\.[0-9]+)?\\s*");
  private static final Pattern EQUALS = Pattern.compile("(?<!\\\\|<|!|>)=");
  private static final Token END = new Token("EOF", "", "");
  private static final Map<String, String> GREEK = greek();
  private static final int MOST_STEPS = 20_000;
  private static final int LONGEST_NUMBER = 300;

  private final List<Token> tokens;
  private final boolean real;
  private int at;
  private int steps;

  private MathParser(List<Token> tokens, boolean real) {
    this.tokens = tokens;
    this.real = real;
  }

  /// @throws Unparsed when the reference cannot read it either
  /// @throws Undecided when what it would read is not modelled
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
    if (++steps > MOST_STEPS) {
      throw new Undecided("too entangled");
    }
    return at < tokens.size() ? tokens.get(at) : END;
  }

  private String kind() {
    return token().kind();
  }

  private boolean isAt(String kind) {
    return kind().equals(kind);
  }

  private Token eat(String kind) {
    Token token = token();
    if (!token.kind().equals(kind)) {
      throw new Unparsed("expected " + kind);
    }
    at++;
    return token;
  }

  private <T> Optional<T> attempt(Supplier<T> reading) {
    int before = at;
    try {
      return Optional.of(reading.get());
    } catch (Unparsed e) {
      if (e.fatal()) {
        throw e;
      }
      at = before;
      return Optional.empty();
    }
  }

  private Expr mathematics() {
    boolean operator = tokens.stream().anyMatch(t -> t.text().equals("\\operatorname"));
    if (!operator && tokens.stream().anyMatch(t -> t.kind().equals("WORD"))) {
      throw new Unparsed("function name");
    }
    boolean matrix = tokens.stream().anyMatch(t -> t.text().equals("\\begin"));
    if (!matrix && tokens.stream().anyMatch(t -> t.kind().equals("BAD"))) {
      throw new Unparsed("stop or separator");
    }
    List<String> others =
        tokens.stream().filter(t -> t.kind().equals("OTHER")).map(Token::text).toList();
    if (others.equals(List.of("|"))) {
      throw new Unparsed("one bar");
    } else if (!others.isEmpty()) {
      throw new Undecided("other grammar");
    }
    Optional<Expr> assignment = attempt(this::assignment);
    if (assignment.isPresent()) {
      return assignment.get();
    }
    at = 0;
    List<List<Expr>> rows = elements(true);
    eat("EOF");
    return collected(rows);
  }

  /// A single symbol, `=`, a list.
  private Expr assignment() {
    boolean bracket = isAt("(");
    if (bracket) {
      at++;
    }
    Expr left = symbol(true);
    if (bracket) {
      if (isAt(",")) {
        throw new Undecided("list of symbols");
      }
      eat(")");
    }
    Token sign = isAt("IN") ? eat("IN") : eat("=");
    if (sign.text().equals("==") || sign.text().equals("\\equiv")) {
      throw new Unparsed("==");
    }
    List<List<Expr>> right = elements(false);
    eat("EOF");
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
    while (isAt(";")) {
      at++;
      rows.add(row(relations));
    }
    return rows;
  }

  private List<Expr> row(boolean relations) {
    List<Expr> items = new ArrayList<>(element(relations));
    while (isAt(",")) {
      at++;
      items.addAll(element(relations));
    }
    return items;
  }

  private List<Expr> element(boolean relations) {
    if (isAt("PM")) {
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
    if (!isAt("PM")) {
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
    String open = kind();
    boolean round = Set.of("(", "[", "\\(").contains(open);
    int before = at;
    if (round) {
      Optional<Expr> interval = attempt(this::interval);
      if (interval.isPresent()) {
        return interval.get();
      }
      at = before;
    }
    if (open.equals("L")) {
      throw new Undecided("lbrace");
    }
    at++;
    if (open.equals("{") && isAt("}")) {
      throw new Undecided("empty set");
    }
    List<Expr> items = elements(true).stream().flatMap(List::stream).toList();
    eat(closing(open));
    if (!round) {
      return SetOf.of(items);
    }
    return items.size() == 1 ? items.getFirst() : new Expr.Tuple(items);
  }

  private static String closing(String open) {
    return java.util.Objects.requireNonNull(CLOSE.get(open));
  }

  private Expr interval() {
    boolean lowOpen = !isAt("[");
    at++;
    Expr low = expression();
    eat(",");
    Expr high = expression();
    if (!Set.of(")", "]", "\\)").contains(kind())) {
      throw new Unparsed("interval");
    }
    boolean highOpen = !isAt("]");
    at++;
    return MathValues.interval(low, high, lowOpen, highOpen);
  }

  private Expr relation() {
    Expr left = expression();
    while (RELATIONS.contains(kind()) || isAt("~") || isAt("IN")) {
      String op = kind();
      at++;
      Expr right = expression();
      if (op.equals("~")) {
        if (left.isRelation()) {
          throw new Undecided("chain with approx");
        }
        left = left.isSymbolsOnly() ? right : left;
      } else if (op.equals("IN")) {
        throw new Undecided("element of an expression");
      } else {
        left =
            switch (left) {
              case Chain chain ->
                  new Chain(
                      Stream.concat(
                              chain.relations().stream(),
                              Stream.of(
                                  new Relation(op, chain.relations().getLast().right(), right)))
                          .toList());
              case Relation first ->
                  new Chain(List.of(first, new Relation(op, first.right(), right)));
              default -> new Relation(op, left, right);
            };
      }
    }
    return left;
  }

  private Expr expression() {
    Expr left = product();
    while (isAt("+") || isAt("-")) {
      boolean minus = isAt("-");
      at++;
      Expr right = product();
      left = Expr.sum(left, minus ? Expr.negative(right) : right);
    }
    return left;
  }

  private Expr product() {
    Expr left = signed();
    while (isAt("*") || isAt("/")) {
      boolean times = isAt("*");
      at++;
      Expr right = signed();
      left = times ? Expr.product(left, right) : Expr.quotient(left, right);
    }
    return left;
  }

  private Expr signed() {
    if (isAt("+")) {
      at++;
      return signed();
    } else if (isAt("-")) {
      at++;
      return Expr.negative(signed());
    }
    List<Expr> items = new ArrayList<>();
    items.add(postfix());
    while (FACTOR_STARTS.contains(kind())) {
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

  /// Juxtaposition: a product, but an integer before a positive fraction or integer is added to it.
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
    while (isAt("!") || isAt("DEG")) {
      x = isAt("!") ? new Expr.Factorial(x) : x; // degrees are dropped
      at++;
    }
    return x;
  }

  private Expr power() {
    Expr x = compound();
    while (isAt("^")) {
      at++;
      x = new Power(x, superscript());
      if (isAt("_")) {
        throw new Undecided("subscript");
      }
    }
    return x;
  }

  private Expr superscript() {
    if (!isAt("{")) {
      return atom();
    }
    at++;
    Expr e = expression();
    eat("}");
    return e;
  }

  private Expr compound() {
    String kind = kind();
    if (CLOSE.containsKey(kind) && !kind.equals("\\(")) {
      at++;
      Expr e = expression();
      eat(closing(kind));
      return e;
    }
    return switch (kind) {
      case "FRAC" -> fraction();
      case "SQRT" -> root();
      case "EXP" -> {
        at++;
        if (isAt("^")) {
          at++;
          yield new Power(Constant.E, superscript());
        }
        yield Constant.E;
      }
      default -> atom();
    };
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
    eat("{");
    Expr e = expression();
    eat("}");
    return e;
  }

  private Expr root() {
    at++;
    Expr degree = new Num(new BigFraction(2), false);
    if (isAt("[")) {
      at++;
      degree = expression();
      eat("]");
    }
    Expr of = braced();
    if (!(degree instanceof Num n) || !n.isInteger() || n.value().compareTo(BigFraction.ONE) < 0) {
      throw new Undecided("root");
    }
    return new Power(of, new Num(n.value().reciprocal(), false));
  }

  private Expr atom() {
    Token token = token();
    if (token.kind().equals("SYM") || token.kind().equals("TEXT")) {
      return symbol(false);
    }
    at++;
    return switch (token.kind()) {
      case "NUM" -> {
        if (isAt("_")) {
          subscript();
        }
        yield number(token.text());
      }
      case "PCT" ->
          new Expr.Product(List.of(number(token.text()), new Num(new BigFraction(1, 100), false)));
      case "BIGE" -> new Sym("e", real);
      case "DIFF" -> new Sym(token.text(), real);
      case "OO" -> new Infinity(1);
      default -> throw new Unparsed("unexpected " + token.kind());
    };
  }

  private String subscript() {
    eat("_");
    StringBuilder text = new StringBuilder();
    String kind = kind();
    if (SUBSCRIPTS.contains(kind) && !kind.equals("EXP")) {
      text.append(eat(kind).text());
      if (!kind.equals("NUM") && (isAt("_") || isAt("^"))) {
        throw new Undecided("nested subscript");
      }
    } else if (kind.equals("{")) {
      at++;
      while (!isAt("}")) {
        if (!SUBSCRIPTS.contains(kind())) {
          throw new Undecided("subscript");
        }
        text.append(eat(kind()).text());
      }
      at++;
      if (text.isEmpty()) {
        throw new Unparsed("empty subscript");
      }
    } else if (Set.of("TEXT", "PCT", "OO").contains(kind)) {
      throw new Undecided("subscript");
    } else {
      throw new Unparsed("subscript");
    }
    String plain = text.toString().strip();
    return plain.length() == 1 ? "_" + plain : "_{" + plain + "}";
  }

  /// @param alone whether no call may follow
  private Expr symbol(boolean alone) {
    Token token = token();
    boolean text = token.kind().equals("TEXT");
    if (!text && !token.kind().equals("SYM")) {
      throw new Unparsed("no symbol");
    }
    at++;
    if (token.font().startsWith("math")) {
      throw new Undecided("math font");
    }
    String name = text ? token.text().replaceAll("[ ()]", "") : token.text();
    String raw = text ? "\\%s{%s}".formatted(token.font(), token.text()) : token.text();
    String sub = isAt("_") ? subscript() : "";
    if (!alone && (isAt("(") || isAt("["))) {
      Optional<Expr> call = attempt(() -> call(raw + sub));
      if (call.isPresent()) {
        return call.get();
      }
    }
    Expr x = named(name, sub, !text);
    if (isAt("^")) {
      at++;
      x = new Power(x, superscript());
      if (isAt("_") || isAt("(")) {
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
    String open = kind();
    at++;
    List<Expr> arguments = new ArrayList<>();
    int before = at;
    Optional<Expr> atom = attempt(this::atom);
    if (atom.isPresent() && isAt(closing(open))) {
      arguments.add(atom.get());
    } else {
      at = before;
      arguments.add(expression());
      if (!isAt(",")) {
        throw new Unparsed("not a call");
      }
      while (isAt(",")) {
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
    if (plain.length() > LONGEST_NUMBER
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
    return digits.length() > 3 || (!digits.isEmpty() && Integer.parseInt(digits) > LONGEST_NUMBER);
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
