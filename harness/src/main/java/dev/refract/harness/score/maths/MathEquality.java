package dev.refract.harness.score.maths;

import dev.refract.harness.score.maths.Expr.Chain;
import dev.refract.harness.score.maths.Expr.Constant;
import dev.refract.harness.score.maths.Expr.Infinity;
import dev.refract.harness.score.maths.Expr.Interval;
import dev.refract.harness.score.maths.Expr.Num;
import dev.refract.harness.score.maths.Expr.Power;
import dev.refract.harness.score.maths.Expr.Product;
import dev.refract.harness.score.maths.Expr.Relation;
import dev.refract.harness.score.maths.Expr.SetOf;
import dev.refract.harness.score.maths.Expr.Sum;
import dev.refract.harness.score.maths.Expr.Sym;
import dev.refract.harness.score.maths.Expr.Tuple;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.math3.complex.Complex;
import org.apache.commons.math3.fraction.BigFraction;

/// Whether the answer's expression equals the gold's by the reference's rules, which are not
/// symmetric.
final class MathEquality {

  private static final Map<String, String> FLIPPED =
      Map.of("=", "=", "<", ">", ">", "<", "<=", ">=", ">=", "<=");
  private static final double PROPORTIONAL = 1e-9;

  private MathEquality() {}

  static boolean equal(Expr answer, Expr gold) {
    Expr p = shortened(answer);
    Expr g = shortened(gold);
    boolean answerAssigns = isAssignment(answer);
    boolean answerEquates = isEquation(answer);
    boolean goldEquates = isEquation(gold);
    if (goldEquates && !answerEquates) {
      g = last(g).right();
    } else if (answerAssigns && !goldEquates) {
      p = last(p).right();
    }
    if (p.isRelation() && (g instanceof SetOf || g instanceof Interval)) {
      p = solution(p);
    }
    if (p.equals(g)) {
      return true;
    } else if (p.isRelation() && g.isRelation()) {
      return equalRelations(p, g);
    } else if (p.isCollection() || g.isCollection()) {
      return equalCollections(p, g);
    } else if (p instanceof Sym || g instanceof Sym) {
      return equalSymbols(p, g);
    }
    return !p.isRelation() && !g.isRelation() && MathValues.same(p, g);
  }

  /// In a collection, though not alone, a product of 1 and something else is that.
  private static Expr withoutOnes(Expr x) {
    return x instanceof Product p
            && p.factors().size() == 2
            && p.factors().getFirst() instanceof Num n
            && n.isInteger()
            && n.value().equals(BigFraction.ONE)
        ? p.factors().getLast()
        : x;
  }

  /// Shortens `x = a = b` to `x = b`.
  private static Expr shortened(Expr x) {
    return x instanceof Chain c && isAssignment(x)
        ? new Relation("=", c.relations().getFirst().left(), c.relations().getLast().right())
        : x;
  }

  private static boolean isEquation(Expr x) {
    return switch (x) {
      case Relation r -> r.op().equals("=");
      case Chain c -> c.relations().stream().allMatch(r -> r.op().equals("="));
      default -> false;
    };
  }

  private static boolean isAssignment(Expr x) {
    return switch (x) {
      case Relation r -> r.op().equals("=") && r.left().isSymbolsOnly();
      case Chain c -> isEquation(c) && c.relations().getFirst().left().isSymbolsOnly();
      default -> false;
    };
  }

  private static Relation last(Expr x) {
    return x instanceof Chain c ? c.relations().getLast() : (Relation) x;
  }

  /// One end of an interval.
  private record End(Expr at, boolean open) {}

  /// The interval of `a <= x < b`, `x > a` and the like.
  private static Expr solution(Expr p) {
    Optional<End> low = Optional.empty();
    Optional<End> high = Optional.empty();
    Optional<Expr> variable = Optional.empty();
    List<Relation> relations = p instanceof Chain c ? c.relations() : List.of((Relation) p);
    for (Relation r : relations) {
      String op = r.op();
      if (!FLIPPED.containsKey(op) || op.equals("=")) {
        throw new Undecided("relation against set");
      }
      boolean turned = r.right() instanceof Sym;
      Expr x = turned ? r.right() : r.left();
      Expr end = turned ? r.left() : r.right();
      op = turned ? Objects.requireNonNull(FLIPPED.get(op)) : op;
      if (!(x instanceof Sym s)
          || !s.real()
          || (variable.isPresent() && !variable.get().equals(x))
          || !end.symbols().isEmpty()
          || end.has(Constant.I)) {
        throw new Undecided("relation against set");
      }
      variable = Optional.of(x);
      boolean below = op.startsWith("<");
      if ((below ? high : low).isPresent()) {
        throw new Undecided("relation against set");
      } else if (below) {
        high = Optional.of(new End(end, op.equals("<")));
      } else {
        low = Optional.of(new End(end, op.equals(">")));
      }
    }
    End from = low.orElse(new End(new Infinity(-1), true));
    End to = high.orElse(new End(new Infinity(1), true));
    if (MathValues.sign(to.at, from.at).orElse(0) != 1) {
      throw new Undecided("empty set");
    }
    return new Interval(from.at, to.at, from.open, to.open);
  }

  private static boolean equalSymbols(Expr p, Expr g) {
    if (isNamedE(p, g) || isNamedE(g, p)) {
      return true;
    }
    Optional<Boolean> word = spelled(p, g);
    if (word.isEmpty()) {
      word = spelled(g, p);
    }
    if (word.isPresent()) {
      return word.get();
    } else if (p instanceof Sym a && g instanceof Sym b) {
      return folded(a.name()).equals(folded(b.name()));
    }
    Sym symbol = p instanceof Sym s ? s : (Sym) g;
    Expr other = p instanceof Sym ? g : p;
    if (other instanceof Num n && !n.decimal()) {
      return symbol.name().equals(written(n.value()));
    } else if (other instanceof Num || other instanceof Constant || other instanceof Infinity) {
      if (symbol.name().matches("-?[0-9]*\\.[0-9]{10,}|pi|oo|-oo")) {
        throw new Undecided("name like a number");
      }
      return false;
    } else if ((other instanceof Product || other instanceof Power)
        && symbol.name().matches("(?s).*[*/].*")) {
      throw new Undecided("name like a formula");
    }
    return false;
  }

  private static boolean isNamedE(Expr a, Expr b) {
    return a instanceof Sym s && s.name().equalsIgnoreCase("e") && b == Constant.E;
  }

  /// Compares a symbol with a product of symbols: the product's names are joined in order; case is
  /// ignored.
  private static Optional<Boolean> spelled(Expr a, Expr b) {
    if (!(a instanceof Sym s)
        || !(b instanceof Product product)
        || !product.factors().stream().allMatch(f -> f instanceof Sym || f == Constant.E)) {
      return Optional.empty();
    }
    StringBuilder word = new StringBuilder();
    product.factors().forEach(f -> word.append(f instanceof Sym letter ? letter.name() : "e"));
    return Optional.of(
        s.name().toLowerCase(Locale.ROOT).equals(word.toString().toLowerCase(Locale.ROOT)));
  }

  private static String folded(String name) {
    return name.length() > 1 ? name.toLowerCase(Locale.ROOT) : name;
  }

  private static String written(BigFraction value) {
    return value.getDenominator().equals(java.math.BigInteger.ONE)
        ? value.getNumerator().toString()
        : value.getNumerator() + "/" + value.getDenominator();
  }

  private static Expr difference(Expr a, Expr b) {
    return b instanceof Num n && n.value().equals(BigFraction.ZERO)
        ? a
        : Expr.sum(a, Expr.negative(b));
  }

  private static boolean equalRelations(Expr p, Expr g) {
    if (p instanceof Chain a && g instanceof Chain b) {
      if (a.relations().size() != b.relations().size()) {
        return false;
      }
      for (int i = 0; i < a.relations().size(); i++) {
        if (!equalRelations(a.relations().get(i), b.relations().get(i))) {
          return false;
        }
      }
      return true;
    }
    return p instanceof Relation a && g instanceof Relation b && equalSingle(a, b);
  }

  private static boolean equalSingle(Relation p, Relation g) {
    if (p.left().isCollection()
        || p.right().isCollection()
        || g.left().isCollection()
        || g.right().isCollection()) {
      if (p.left().equals(g.left()) && p.right().getClass() == g.right().getClass()) {
        throw new Undecided("set in a relation");
      }
      return false;
    }
    Expr dp = difference(p.left(), p.right());
    Expr dg = difference(g.left(), g.right());
    if (p.op().equals(g.op()) && equalValues(dp, dg)) {
      return true;
    } else if (p.op().equals("!=")) {
      throw new Undecided("unequal");
    }
    if (Objects.equals(FLIPPED.get(p.op()), g.op())
        && equalValues(dp, difference(g.right(), g.left()))) {
      return true;
    }
    // The reference then solves both sides, which succeeds only for equations in several symbols.
    Set<Expr> sp = dp.symbols();
    Set<Expr> sg = dg.symbols();
    if (sp.isEmpty() || sg.isEmpty()) {
      throw new Undecided("relation without symbols");
    } else if (!p.op().equals("=") || !g.op().equals("=") || !sp.equals(sg)) {
      return false;
    } else if (sp.size() == 1 && isLinear(dp) && isLinear(dg)) {
      return false;
    } else if (areProportional(dp, dg)) {
      throw new Undecided("proportional equations");
    } else if (p.left().equals(g.left())
        && p.left().isSymbolsOnly()
        && p.right().symbols().isEmpty()
        && g.right().symbols().isEmpty()) {
      return false;
    }
    throw new Undecided("equations");
  }

  private static boolean areProportional(Expr a, Expr b) {
    Complex first = MathValues.value(a, 0).divide(MathValues.value(b, 0));
    for (int k = 1; k < 4; k++) {
      Complex ratio = MathValues.value(a, k).divide(MathValues.value(b, k));
      if (!(ratio.subtract(first).abs() <= PROPORTIONAL * first.abs())) {
        return false;
      }
    }
    return true;
  }

  private static boolean equalValues(Expr a, Expr b) {
    return a instanceof Sym || b instanceof Sym ? equal(a, b) : MathValues.same(a, b);
  }

  /// Whether it has no powers or products of symbols.
  private static boolean isLinear(Expr x) {
    return switch (x) {
      case Sum s -> s.terms().stream().allMatch(MathEquality::isLinear);
      case Product p ->
          p.factors().stream().filter(f -> !f.symbols().isEmpty()).count() <= 1
              && p.factors().stream().allMatch(MathEquality::isLinear);
      case Power p -> p.symbols().isEmpty();
      default -> true;
    };
  }

  private static boolean equalCollections(Expr p, Expr g) {
    Expr a = p.isCollection() ? p : SetOf.of(List.of(p));
    Expr b = g.isCollection() ? g : SetOf.of(List.of(g));
    if (a instanceof Interval x && b instanceof Interval y) {
      return x.lowOpen() == y.lowOpen()
          && x.highOpen() == y.highOpen()
          && equal(x.low(), y.low())
          && equal(x.high(), y.high());
    } else if (a.equals(b)
        || (a instanceof SetOf x
            && b instanceof SetOf y
            && x.distinct().size() == y.distinct().size()
            && y.distinct().containsAll(x.distinct()))) {
      return true;
    }
    // An open interval is treated as a pair.
    if (isBadPair(a, b) || isBadPair(b, a)) {
      return false;
    }
    Expr left = paired(a);
    Expr right = paired(b);
    checkElements(left);
    List<Expr> xs = items(left);
    List<Expr> ys = items(right);
    if (xs.size() != ys.size()) {
      return false;
    } else if (left instanceof SetOf) {
      return isMatching(xs, new ArrayList<>(ys));
    }
    List<Expr> written = right instanceof SetOf s ? s.written() : ys;
    if (written.size() != xs.size()) {
      return false;
    }
    for (int i = 0; i < xs.size(); i++) {
      if (!equal(xs.get(i), written.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isBadPair(Expr a, Expr b) {
    return a instanceof Interval i
        && (!(i.lowOpen() && i.highOpen()) || (b.isCollection() && items(paired(b)).size() != 2));
  }

  private static Expr paired(Expr x) {
    return x instanceof Interval i ? new Tuple(List.of(i.low(), i.high())) : x;
  }

  private static List<Expr> items(Expr x) {
    List<Expr> items = x instanceof SetOf s ? s.distinct() : ((Tuple) x).items();
    return items.stream().map(MathEquality::withoutOnes).toList();
  }

  /// The reference merges elements with equal values even when they are written differently.
  private static void checkElements(Expr x) {
    if (!(x instanceof SetOf s) || new HashSet<>(s.distinct()).size() < 2) {
      return;
    }
    for (int i = 0; i < s.distinct().size(); i++) {
      for (Expr before : s.distinct().subList(0, i)) {
        Expr element = s.distinct().get(i);
        if (!element.isCollection()
            && !element.isRelation()
            && element.getClass() == before.getClass()
            && (!(element instanceof Constant) || element == before)
            && MathValues.same(element, before)) {
          throw new Undecided("equal elements");
        }
      }
    }
  }

  private static boolean isMatching(List<Expr> xs, List<Expr> ys) {
    for (Expr x : xs) {
      Optional<Expr> hit = ys.stream().filter(y -> equal(x, y)).findFirst();
      if (hit.isEmpty()) {
        return false;
      } else if (x instanceof Sym != hit.get() instanceof Sym) {
        throw new Undecided("order of the elements");
      }
      ys.remove(hit.get());
    }
    return true;
  }
}
