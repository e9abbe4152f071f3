package dev.refract.harness.score.maths;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.math3.fraction.BigFraction;

/// An expression as written, except that signs and quotients of integers are evaluated.
sealed interface Expr {

  /// @param decimal whether it was written with a decimal point or an exponent
  record Num(BigFraction value, boolean decimal) implements Expr {
    static final Num MINUS_ONE = new Num(BigFraction.MINUS_ONE, false);

    boolean isInteger() {
      return !decimal && value.getDenominator().equals(java.math.BigInteger.ONE);
    }
  }

  /// @param real whether the symbol stands for a real number
  record Sym(String name, boolean real) implements Expr {}

  /// e, π and the imaginary unit.
  enum Constant implements Expr {
    E,
    PI,
    I
  }

  record Infinity(int sign) implements Expr {}

  /// A division by zero.
  record ByZero() implements Expr {}

  /// A call of an undefined function.
  ///
  /// @param plain whether its arguments are symbols and constants
  record Call(String name, List<Expr> arguments, boolean plain) implements Expr {}

  record Sum(List<Expr> terms) implements Expr {}

  record Product(List<Expr> factors) implements Expr {}

  record Power(Expr base, Expr exponent) implements Expr {}

  record Factorial(Expr of) implements Expr {}

  /// A function of a number.
  record Applied(MathFunction function, Expr of) implements Expr {}

  /// @param op `=`, `<`, `<=`, `>`, `>=` or `!=`
  record Relation(String op, Expr left, Expr right) implements Expr {}

  record Chain(List<Relation> relations) implements Expr {}

  /// @param distinct its elements without duplicates
  /// @param written its elements as written
  record SetOf(List<Expr> distinct, List<Expr> written) implements Expr {
    static SetOf of(List<Expr> items) {
      return new SetOf(List.copyOf(new LinkedHashSet<>(items)), List.copyOf(items));
    }
  }

  record Tuple(List<Expr> items) implements Expr {}

  record Interval(Expr low, Expr high, boolean lowOpen, boolean highOpen) implements Expr {}

  static Expr product(Expr a, Expr b) {
    return new Product(
        joined(
            a instanceof Product p ? p.factors : List.of(a),
            b instanceof Product q ? q.factors : List.of(b)));
  }

  static Expr sum(Expr a, Expr b) {
    return new Sum(
        joined(
            a instanceof Sum p ? p.terms : List.of(a), b instanceof Sum q ? q.terms : List.of(b)));
  }

  private static List<Expr> joined(List<Expr> a, List<Expr> b) {
    List<Expr> both = new ArrayList<>(a);
    both.addAll(b);
    return List.copyOf(both);
  }

  static Expr negative(Expr x) {
    return switch (x) {
      case Num n -> new Num(n.value.negate(), n.decimal);
      case Infinity i -> new Infinity(-i.sign);
      default -> product(Num.MINUS_ONE, x);
    };
  }

  static Expr quotient(Expr a, Expr b) {
    if (a instanceof Num x && b instanceof Num y && x.isInteger() && y.isInteger()) {
      return y.value.equals(BigFraction.ZERO)
          ? new ByZero()
          : new Num(x.value.divide(y.value), false);
    }
    return new Product(List.of(a, new Power(b, Num.MINUS_ONE)));
  }

  /// Its direct subexpressions.
  default Stream<Expr> parts() {
    return switch (this) {
      case Num _, Sym _, Constant _, Infinity _, ByZero _ -> Stream.of();
      case Call c -> c.arguments.stream();
      case Sum s -> s.terms.stream();
      case Product p -> p.factors.stream();
      case Power p -> Stream.of(p.base, p.exponent);
      case Factorial f -> Stream.of(f.of);
      case Applied a -> Stream.of(a.of);
      case Relation r -> Stream.of(r.left, r.right);
      case Chain c -> c.relations.stream().map(r -> r);
      case SetOf s -> s.written.stream();
      case Tuple t -> t.items.stream();
      case Interval i -> Stream.of(i.low, i.high);
    };
  }

  default boolean has(Class<? extends Expr> kind) {
    return kind.isInstance(this) || parts().anyMatch(part -> part.has(kind));
  }

  default boolean has(Constant constant) {
    return this == constant || parts().anyMatch(part -> part.has(constant));
  }

  /// Its symbols; a call of an undefined function counts as one.
  default Set<Expr> symbols() {
    Set<Expr> found = new LinkedHashSet<>();
    collect(this, found);
    return found;
  }

  private static void collect(Expr x, Set<Expr> found) {
    if (x instanceof Sym || x instanceof Call) {
      found.add(x);
    } else {
      x.parts().forEach(part -> collect(part, found));
    }
  }

  /// Whether a number in it was written with a decimal point.
  default boolean hasDecimal() {
    return this instanceof Num n ? n.decimal : parts().anyMatch(Expr::hasDecimal);
  }

  /// Whether it consists of symbols and their products, sums and powers, without numbers and
  /// constants.
  default boolean isSymbolsOnly() {
    return switch (this) {
      case Sym _ -> true;
      case Call c -> c.arguments.stream().allMatch(Expr::isSymbolsOnly);
      case Power p ->
          p.base.isSymbolsOnly()
              && (p.exponent.equals(Num.MINUS_ONE) || p.exponent.isSymbolsOnly());
      case Product p -> p.factors.stream().allMatch(Expr::isSymbolsOnly);
      case Sum s -> s.terms.stream().allMatch(Expr::isSymbolsOnly);
      case Tuple t -> t.items.stream().allMatch(Expr::isSymbolsOnly);
      case Num _,
          Constant _,
          Infinity _,
          ByZero _,
          Factorial _,
          Applied _,
          Relation _,
          Chain _,
          SetOf _,
          Interval _ ->
          false;
    };
  }

  default boolean isRelation() {
    return this instanceof Relation || this instanceof Chain;
  }

  default boolean isCollection() {
    return this instanceof SetOf || this instanceof Tuple || this instanceof Interval;
  }
}
