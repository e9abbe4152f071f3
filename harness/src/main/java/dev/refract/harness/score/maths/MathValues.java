package dev.refract.harness.score.maths;

import dev.refract.harness.score.maths.Expr.Call;
import dev.refract.harness.score.maths.Expr.Constant;
import dev.refract.harness.score.maths.Expr.Factorial;
import dev.refract.harness.score.maths.Expr.Infinity;
import dev.refract.harness.score.maths.Expr.Interval;
import dev.refract.harness.score.maths.Expr.Num;
import dev.refract.harness.score.maths.Expr.Power;
import dev.refract.harness.score.maths.Expr.Product;
import dev.refract.harness.score.maths.Expr.SetOf;
import dev.refract.harness.score.maths.Expr.Sum;
import dev.refract.harness.score.maths.Expr.Sym;
import dev.refract.harness.score.maths.Expr.Tuple;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.commons.math3.complex.Complex;
import org.apache.commons.math3.fraction.BigFraction;
import org.apache.commons.math3.special.Gamma;

/// Values of expressions: exact for rational constants, else at three fixed assignments of the
/// symbols, for which equal formulas agree and others almost surely do not.
final class MathValues {

  private static final int SAMPLES = 3;
  private static final double CONSTANTS_AGREE = 1e-13;
  private static final double FORMULAS_AGREE = 1e-11;
  private static final double LARGEST_ROUNDED = 1e9;
  private static final double LARGEST_POWER = 200;
  private static final BigInteger MILLION = BigInteger.valueOf(1_000_000);
  private static final Num HUNDREDTH = new Num(new BigFraction(1, 100), false);

  private MathValues() {}

  /// Whether two numbers, products, sums or quotients are mathematically equal; like the reference,
  /// it compares decimals at six places.
  static boolean same(Expr a, Expr b) {
    boolean infinite = a.has(Infinity.class);
    if (infinite || b.has(Infinity.class)) {
      boolean symbols = !a.symbols().isEmpty() && !b.symbols().isEmpty();
      if (infinite != b.has(Infinity.class) || symbols) {
        return a.equals(b); // the difference is infinite or undefined, never zero
      }
      throw new Undecided("infinity");
    }
    if (a instanceof Expr.Applied x
        && b instanceof Expr.Applied y
        && x.function() == y.function()
        && (same(x.of(), y.of())
            || x.function() == MathFunction.ABSOLUTE && same(x.of(), Expr.negative(y.of())))) {
      return true;
    }
    boolean rounding =
        (isNumber(a, false) || isNumber(b, false)) && (isNumber(a, true) || isNumber(b, true));
    Optional<BigFraction> x = exact(a);
    Optional<BigFraction> y = exact(b);
    if (x.isPresent() && y.isPresent()) {
      return sameExact(a, x.get(), b, y.get(), rounding);
    } else if (a.symbols().isEmpty() && b.symbols().isEmpty()) {
      return sameConstants(value(a, 0), value(b, 0), rounding);
    }
    for (int k = 0; k < SAMPLES; k++) {
      if (!close(value(a, k), value(b, k), FORMULAS_AGREE)) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameExact(Expr a, BigFraction x, Expr b, BigFraction y, boolean rounding) {
    if (x.equals(y)) {
      if (!rounding && a.hasDecimal() != b.hasDecimal()) {
        // 1.2 * 10^3 is 1200 in binary too, but 0.1 * 3 is not 3/10.
        if (value(a.hasDecimal() ? a : b, 0).getReal() != x.doubleValue()) {
          throw new Undecided("binary rounding");
        }
      }
      return true;
    }
    // An integer never equals a rounded decimal: 47 is not 47.0000001, but 1/3 is 0.333333.
    boolean whole = isWhole(a, x) != isWhole(b, y);
    return rounding && !whole && rounded(x).equals(rounded(y));
  }

  private static boolean isWhole(Expr x, BigFraction value) {
    return value.getDenominator().equals(BigInteger.ONE) && !x.hasDecimal();
  }

  private static boolean sameConstants(Complex x, Complex y, boolean rounding) {
    if (close(x, y, CONSTANTS_AGREE)) {
      return true;
    }
    return rounding
        && x.abs() < LARGEST_ROUNDED
        && y.abs() < LARGEST_ROUNDED
        && rounded(fraction(x.getReal())).equals(rounded(fraction(y.getReal())))
        && rounded(fraction(x.getImaginary())).equals(rounded(fraction(y.getImaginary())));
  }

  static boolean close(Complex x, Complex y, double tolerance) {
    return x.subtract(y).abs() <= tolerance * Math.max(x.abs(), y.abs());
  }

  private static BigFraction fraction(double value) {
    BigDecimal exact = new BigDecimal(value);
    return exact.scale() <= 0
        ? new BigFraction(exact.toBigIntegerExact())
        : new BigFraction(exact.unscaledValue(), BigInteger.TEN.pow(exact.scale()));
  }

  /// The value in millionths, rounded to the nearest.
  private static BigInteger rounded(BigFraction value) {
    BigFraction scaled = value.multiply(MILLION);
    BigInteger[] parts = scaled.getNumerator().divideAndRemainder(scaled.getDenominator());
    BigInteger floor = parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
    BigFraction rest = scaled.subtract(floor);
    BigFraction half = new BigFraction(1, 2);
    if (rest.subtract(half).abs().compareTo(new BigFraction(1, 1_000_000)) < 0) {
      throw new Undecided("tie");
    }
    return rest.compareTo(half) > 0 ? floor.add(BigInteger.ONE) : floor;
  }

  /// Whether it is a number, possibly with a percent sign.
  private static boolean isNumber(Expr x, boolean decimal) {
    return switch (x) {
      case Num n -> n.decimal() || !decimal;
      case Product p ->
          p.factors().size() == 2
              && p.factors().get(1).equals(HUNDREDTH)
              && p.factors().get(0) instanceof Num n
              && (n.decimal() || !decimal);
      default -> false;
    };
  }

  private static Optional<BigFraction> exact(Expr x) {
    return switch (x) {
      case Num n -> Optional.of(n.value());
      case Sum s -> folded(s.terms(), BigFraction.ZERO, true);
      case Product p -> folded(p.factors(), BigFraction.ONE, false);
      case Power p -> {
        Optional<BigFraction> base = exact(p.base());
        Optional<BigFraction> exponent = exact(p.exponent());
        if (base.isEmpty() || exponent.isEmpty() || !isSmall(base.get(), exponent.get())) {
          yield Optional.empty();
        }
        yield Optional.of(base.get().pow(exponent.get().intValue()));
      }
      default -> Optional.empty();
    };
  }

  private static boolean isSmall(BigFraction base, BigFraction exponent) {
    return exponent.getDenominator().equals(BigInteger.ONE)
        && exponent.abs().compareTo(new BigFraction(64)) <= 0
        && !(base.equals(BigFraction.ZERO) && exponent.compareTo(BigFraction.ZERO) <= 0)
        && base.abs().compareTo(new BigFraction(BigInteger.TEN.pow(30))) <= 0;
  }

  private static Optional<BigFraction> folded(List<Expr> parts, BigFraction start, boolean adding) {
    BigFraction result = start;
    for (Expr part : parts) {
      Optional<BigFraction> value = exact(part);
      if (value.isEmpty()) {
        return Optional.empty();
      }
      result = adding ? result.add(value.get()) : result.multiply(value.get());
    }
    return Optional.of(result);
  }

  /// The value at the k-th assignment.
  static Complex value(Expr x, int k) {
    return switch (x) {
      case Num n -> new Complex(n.value().doubleValue());
      case Sym s -> new Complex(sample(s.name() + (s.real() ? "" : "/c"), k));
      case Constant c ->
          switch (c) {
            case E -> new Complex(Math.E);
            case PI -> new Complex(Math.PI);
            case I -> Complex.I;
          };
      case Call c -> {
        if (!c.plain()) {
          throw new Undecided("function");
        }
        yield new Complex(sample(c.toString(), k));
      }
      case Sum s -> s.terms().stream().map(t -> value(t, k)).reduce(Complex.ZERO, Complex::add);
      case Product p ->
          p.factors().stream().map(f -> value(f, k)).reduce(Complex.ONE, Complex::multiply);
      case Power p -> power(value(p.base(), k), value(p.exponent(), k));
      case Factorial f -> {
        Complex v = value(f.of(), k);
        if (v.getImaginary() != 0 || !(v.getReal() > -1 && v.getReal() < 100)) {
          throw new Undecided("factorial");
        }
        yield new Complex(gamma(v.getReal() + 1));
      }
      case Expr.Applied a -> {
        Complex v = value(a.of(), k);
        double result = a.function().at(v.getReal());
        if (!a.symbols().isEmpty() || v.getImaginary() != 0 || !Double.isFinite(result)) {
          throw new Undecided("function of " + (a.symbols().isEmpty() ? "this number" : "symbols"));
        }
        yield new Complex(result);
      }
      default -> throw new Undecided("value");
    };
  }

  private static double gamma(double x) {
    double product = 1;
    if (x == Math.rint(x)) {
      for (int i = 2; i < x; i++) {
        product *= i;
      }
      return product;
    }
    return Math.exp(Gamma.logGamma(x));
  }

  private static Complex power(Complex base, Complex exponent) {
    double e = exponent.getReal();
    boolean real = exponent.getImaginary() == 0;
    if (exponent.abs() > LARGEST_POWER) {
      throw new Undecided("large power");
    } else if (base.equals(Complex.ZERO)) {
      if (e > 0 && real) {
        return Complex.ZERO;
      }
      throw new Undecided("power of zero");
    } else if (!real || e != Math.rint(e)) {
      return base.pow(exponent);
    }
    Complex result = Complex.ONE;
    for (int i = 0; i < Math.abs(e); i++) {
      result = result.multiply(base);
    }
    return e < 0 ? Complex.ONE.divide(result) : result;
  }

  /// A value between 0.6 and 1.6, derived from a hash of the name.
  private static double sample(String name, int k) {
    long h = 0xcbf29ce484222325L;
    for (byte b : (name + "#" + k).getBytes(StandardCharsets.UTF_8)) {
      h = (h ^ (b & 0xff)) * 0x100000001b3L;
    }
    h ^= h >>> 29;
    h *= 0xbf58476d1ce4e5b9L;
    h ^= h >>> 32;
    return 0.6 + (h >>> 11) / (double) (1L << 53);
  }

  /// The sign of a difference of real constants; empty when it contains symbols.
  static Optional<Integer> sign(Expr a, Expr b) {
    if (a instanceof Infinity || b instanceof Infinity) {
      if (a.equals(b)) {
        return Optional.of(0);
      }
      return Optional.of(a instanceof Infinity x ? x.sign() : -((Infinity) b).sign());
    } else if (!a.symbols().isEmpty() || !b.symbols().isEmpty()) {
      return Optional.empty();
    }
    Complex x = value(a, 0);
    Complex y = value(b, 0);
    if (x.getImaginary() != 0 || y.getImaginary() != 0) {
      throw new Unparsed("non-real interval", true);
    }
    double difference = x.getReal() - y.getReal();
    double small = 1e-12 * Math.max(1, Math.max(x.abs(), y.abs()));
    return Optional.of(Math.abs(difference) <= small ? 0 : difference > 0 ? 1 : -1);
  }

  /// Two ends in brackets: an interval, or a pair when they do not form an interval.
  static Expr interval(Expr low, Expr high, boolean lowOpen, boolean highOpen) {
    for (Expr end : List.of(low, high)) {
      boolean hidden = !(end instanceof Infinity) && end.has(Infinity.class);
      if (hidden || (end.has(Constant.I) && !end.symbols().isEmpty())) {
        throw new Undecided("interval");
      }
    }
    Optional<Integer> known = sign(high, low);
    Optional<Integer> sign = known.isEmpty() && low.equals(high) ? Optional.of(0) : known;
    if (sign.isPresent()) {
      int s = sign.get();
      if ((lowOpen && highOpen && s <= 0) || (!lowOpen && !highOpen && s < 0)) {
        return new Tuple(List.of(low, high));
      } else if (s < 0 || (s == 0 && lowOpen != highOpen)) {
        throw new Undecided("empty set");
      } else if (s == 0) {
        return SetOf.of(List.of(low));
      }
    }
    return new Interval(
        low, high, lowOpen || low instanceof Infinity, highOpen || high instanceof Infinity);
  }
}
