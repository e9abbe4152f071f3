package dev.refract.harness.score.maths;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.refract.harness.score.maths.Expr.ByZero;
import dev.refract.harness.score.maths.Expr.Call;
import dev.refract.harness.score.maths.Expr.Constant;
import dev.refract.harness.score.maths.Expr.Factorial;
import dev.refract.harness.score.maths.Expr.Infinity;
import dev.refract.harness.score.maths.Expr.Interval;
import dev.refract.harness.score.maths.Expr.Num;
import dev.refract.harness.score.maths.Expr.Power;
import dev.refract.harness.score.maths.Expr.SetOf;
import dev.refract.harness.score.maths.Expr.Sym;
import dev.refract.harness.score.maths.Expr.Tuple;
import java.util.List;
import org.apache.commons.math3.complex.Complex;
import org.apache.commons.math3.fraction.BigFraction;
import org.junit.jupiter.api.Test;

/// Which expressions are equal, what they are worth, and which ends make an interval.
class MathValuesTest {

  private static final Sym X = new Sym("x", false);
  private static final Sym Y = new Sym("y", false);
  private static final Infinity INFINITE = new Infinity(1);

  private static Num whole(int value) {
    return new Num(new BigFraction(value), false);
  }

  private static Num ratio(int over, int under) {
    return new Num(new BigFraction(over, under), false);
  }

  /// Written with a point: so many millionths.
  private static Num decimal(long millionths) {
    return new Num(new BigFraction(millionths, 1_000_000L), true);
  }

  private static Expr percent(Num of) {
    return Expr.product(of, ratio(1, 100));
  }

  private static Expr sum(Expr a, Expr b) {
    return Expr.sum(a, b);
  }

  private static Expr power(Expr base, Expr exponent) {
    return new Power(base, exponent);
  }

  @Test
  void exactNumbersAreEqualOrNot() {
    assertThat(MathValues.same(ratio(1, 2), ratio(2, 4))).isTrue();
    assertThat(MathValues.same(ratio(1, 2), ratio(1, 3))).isFalse();
    assertThat(MathValues.same(sum(whole(1), whole(2)), whole(3))).isTrue();
    assertThat(MathValues.same(Expr.product(whole(2), ratio(3, 4)), ratio(3, 2))).isTrue();
    assertThat(MathValues.same(power(whole(2), whole(10)), whole(1024))).isTrue();
    assertThat(MathValues.same(power(whole(2), whole(-1)), ratio(1, 2))).isTrue();
    assertThat(MathValues.same(power(whole(2), whole(10)), whole(1023))).isFalse();
  }

  @Test
  void decimalsAgreeAtSixPlaces() {
    assertThat(MathValues.same(ratio(1, 3), decimal(333_333))).isTrue();
    assertThat(MathValues.same(ratio(1, 3), decimal(333_334))).isFalse();
    assertThat(MathValues.same(ratio(2, 3), decimal(666_667))).isTrue();
    assertThat(MathValues.same(ratio(-1, 3), decimal(-333_333))).isTrue();
    assertThat(MathValues.same(ratio(-2, 3), decimal(-666_667))).isTrue();
    assertThat(MathValues.same(ratio(1, 3), ratio(333_333, 1_000_000))).isFalse();
  }

  @Test
  void anIntegerEqualsNoDecimalThatIsOnlyNearIt() {
    Num near = new Num(new BigFraction(470_000_001L, 10_000_000L), true);
    assertThat(MathValues.same(whole(47), near)).isFalse();
    assertThat(MathValues.same(near, whole(47))).isFalse();
    assertThat(MathValues.same(whole(47), decimal(47_000_000))).isTrue();
  }

  @Test
  void halfOfAMillionthIsATieAndNotGuessed() {
    Num tie = new Num(new BigFraction(5, 10_000_000), true);
    assertThatThrownBy(() -> MathValues.same(tie, ratio(1, 3))).isInstanceOf(Undecided.class);
  }

  @Test
  void aPercentageIsANumberToo() {
    assertThat(MathValues.same(percent(whole(45)), decimal(450_000))).isTrue();
    assertThat(MathValues.same(percent(whole(45)), whole(45))).isFalse();
    assertThat(MathValues.same(percent(decimal(33_333_300)), ratio(1, 3))).isTrue();
  }

  @Test
  void sumsOfDecimalsRoundAsBinariesDoAndAreNotGuessed() {
    Expr three = sum(decimal(100_000), decimal(200_000));
    assertThatThrownBy(() -> MathValues.same(three, sum(ratio(1, 10), ratio(1, 5))))
        .isInstanceOf(Undecided.class);
    assertThat(MathValues.same(three, sum(decimal(200_000), decimal(100_000)))).isTrue();
  }

  @Test
  void constantsAgreeByTheirValue() {
    Expr root = power(whole(8), ratio(1, 2));
    Expr other = Expr.product(whole(2), power(whole(2), ratio(1, 2)));
    assertThat(MathValues.same(root, other)).isTrue();
    assertThat(MathValues.same(root, power(whole(7), ratio(1, 2)))).isFalse();
    assertThat(MathValues.same(Constant.PI, decimal(3_141_593))).isTrue();
    assertThat(MathValues.same(Constant.PI, decimal(3_141_592))).isFalse();
    assertThat(MathValues.same(Constant.PI, ratio(3_141_593, 1_000_000))).isFalse();
  }

  @Test
  void formulasAgreeWhereverTheirSymbolsStand() {
    assertThat(MathValues.same(sum(X, Y), sum(Y, X))).isTrue();
    assertThat(MathValues.same(sum(X, X), Expr.product(whole(2), X))).isTrue();
    assertThat(
            MathValues.same(
                power(sum(X, whole(1)), whole(2)),
                sum(sum(power(X, whole(2)), Expr.product(whole(2), X)), whole(1))))
        .isTrue();
    assertThat(MathValues.same(X, Y)).isFalse();
    assertThat(MathValues.same(X, new Sym("x", true))).isFalse();
    assertThat(MathValues.same(X, whole(1))).isFalse();
  }

  @Test
  void infinityEqualsItselfAlone() {
    assertThat(MathValues.same(INFINITE, whole(1))).isFalse();
    assertThat(MathValues.same(whole(1), INFINITE)).isFalse();
    assertThatThrownBy(() -> MathValues.same(INFINITE, INFINITE)).isInstanceOf(Undecided.class);
    assertThat(MathValues.same(sum(X, INFINITE), sum(X, INFINITE))).isTrue();
    assertThat(MathValues.same(sum(X, INFINITE), sum(Y, INFINITE))).isFalse();
  }

  private static double real(Expr x) {
    Complex value = MathValues.value(x, 0);
    assertThat(value.getImaginary()).isZero();
    return value.getReal();
  }

  @Test
  void valuesByHand() {
    assertThat(real(ratio(3, 4))).isEqualTo(0.75);
    assertThat(real(Constant.E)).isEqualTo(Math.E);
    assertThat(real(Constant.PI)).isEqualTo(Math.PI);
    assertThat(MathValues.value(Constant.I, 0)).isEqualTo(Complex.I);
    assertThat(real(sum(whole(2), whole(3)))).isEqualTo(5);
    assertThat(real(Expr.product(whole(2), whole(3)))).isEqualTo(6);
    assertThat(real(power(whole(3), whole(4)))).isEqualTo(81);
    assertThat(real(power(whole(4), whole(-2)))).isEqualTo(0.0625);
    assertThat(real(power(whole(-2), whole(3)))).isEqualTo(-8);
    assertThat(real(power(whole(5), whole(0)))).isOne();
    assertThat(real(power(whole(0), whole(3)))).isZero();
    assertThat(MathValues.value(power(whole(9), ratio(1, 2)), 0).getReal())
        .isCloseTo(3, within(1e-12));
    assertThat(MathValues.value(power(whole(-1), ratio(1, 2)), 0).getImaginary())
        .isCloseTo(1, within(1e-12));
  }

  @Test
  void factorialsAreTheGammaFunction() {
    assertThat(real(new Factorial(whole(0)))).isOne();
    assertThat(real(new Factorial(whole(1)))).isOne();
    assertThat(real(new Factorial(whole(5)))).isEqualTo(120);
    assertThat(real(new Factorial(ratio(1, 2)))).isCloseTo(Math.sqrt(Math.PI) / 2, within(1e-12));
    assertThat(real(new Factorial(whole(99)))).isCloseTo(9.332621544394415e155, within(1e143));
    for (Expr of : List.of(whole(100), whole(-1), Constant.I)) {
      assertThatThrownBy(() -> MathValues.value(new Factorial(of), 0))
          .isInstanceOf(Undecided.class);
    }
  }

  @Test
  void powersThatAreTooLargeOrOfZeroAreNotGuessed() {
    assertThat(real(power(whole(2), whole(200)))).isEqualTo(Math.pow(2, 200));
    for (Expr power :
        List.of(
            power(whole(2), whole(201)),
            power(whole(2), whole(-201)),
            power(whole(0), whole(0)),
            power(whole(0), whole(-1)),
            power(whole(0), Constant.I))) {
      assertThatThrownBy(() -> MathValues.value(power, 0)).isInstanceOf(Undecided.class);
    }
  }

  @Test
  void aSymbolHasOtherValuesAtOtherAssignmentsAndTheSameAtTheSame() {
    List<Double> values =
        List.of(0, 1, 2).stream().map(k -> MathValues.value(X, k).getReal()).toList();
    assertThat(values).doesNotHaveDuplicates().allMatch(v -> v >= 0.6 && v <= 1.6);
    assertThat(MathValues.value(new Sym("x", false), 1).getReal()).isEqualTo(values.get(1));
    assertThat(MathValues.value(Y, 0).getReal()).isNotEqualTo(values.get(0));
  }

  @Test
  void aFunctionIsASymbolOnlyWhereItsArgumentsArePlain() {
    Call plain = new Call("f", List.of(X), true);
    assertThat(MathValues.same(sum(plain, X), sum(X, plain))).isTrue();
    assertThatThrownBy(() -> MathValues.value(new Call("f", List.of(X), false), 0))
        .isInstanceOf(Undecided.class);
    assertThatThrownBy(() -> MathValues.value(new ByZero(), 0)).isInstanceOf(Undecided.class);
  }

  @Test
  void closenessIsMeasuredByTheLargerOne() {
    assertThat(MathValues.close(new Complex(100), new Complex(101), 0.0099)).isFalse();
    assertThat(MathValues.close(new Complex(100), new Complex(101), 0.00991)).isTrue();
    assertThat(MathValues.close(new Complex(101), new Complex(100), 0.00991)).isTrue();
    assertThat(MathValues.close(Complex.ZERO, Complex.ZERO, 0)).isTrue();
    assertThat(MathValues.close(new Complex(0, 1), new Complex(0, -1), 1)).isFalse();
  }

  @Test
  void theSignOfADifference() {
    assertThat(MathValues.sign(whole(2), whole(1))).hasValue(1);
    assertThat(MathValues.sign(whole(1), whole(2))).hasValue(-1);
    assertThat(MathValues.sign(whole(2), decimal(2_000_000))).hasValue(0);
    assertThat(MathValues.sign(X, whole(1))).isEmpty();
    assertThat(MathValues.sign(whole(1), X)).isEmpty();
    assertThat(MathValues.sign(INFINITE, INFINITE)).hasValue(0);
    assertThat(MathValues.sign(INFINITE, X)).hasValue(1);
    assertThat(MathValues.sign(whole(1), INFINITE)).hasValue(-1);
    assertThat(MathValues.sign(new Infinity(-1), INFINITE)).hasValue(-1);
    assertThat(MathValues.sign(whole(1), new Infinity(-1))).hasValue(1);
    assertThatThrownBy(() -> MathValues.sign(Constant.I, whole(1)))
        .isInstanceOfSatisfying(Unparsed.class, e -> assertThat(e.fatal()).isTrue());
    assertThatThrownBy(() -> MathValues.sign(whole(1), Constant.I)).isInstanceOf(Unparsed.class);
  }

  @Test
  void endsInOrderMakeAnInterval() {
    assertThat(MathValues.interval(whole(1), whole(2), true, false))
        .isEqualTo(new Interval(whole(1), whole(2), true, false));
    assertThat(MathValues.interval(X, Y, false, false)).isEqualTo(new Interval(X, Y, false, false));
  }

  @Test
  void anInfiniteEndIsOpen() {
    assertThat(MathValues.interval(new Infinity(-1), INFINITE, false, false))
        .isEqualTo(new Interval(new Infinity(-1), INFINITE, true, true));
    assertThat(MathValues.interval(whole(1), INFINITE, false, false))
        .isEqualTo(new Interval(whole(1), INFINITE, false, true));
  }

  @Test
  void endsOutOfOrderMakeAPairOrAreNotGuessed() {
    Tuple pair = new Tuple(List.of(whole(2), whole(1)));
    assertThat(MathValues.interval(whole(2), whole(1), true, true)).isEqualTo(pair);
    assertThat(MathValues.interval(whole(2), whole(1), false, false)).isEqualTo(pair);
    assertThatThrownBy(() -> MathValues.interval(whole(2), whole(1), true, false))
        .isInstanceOf(Undecided.class);
  }

  @Test
  void equalEndsMakeAPairASetOrNothing() {
    assertThat(MathValues.interval(whole(1), whole(1), true, true))
        .isEqualTo(new Tuple(List.of(whole(1), whole(1))));
    assertThat(MathValues.interval(whole(1), whole(1), false, false))
        .isEqualTo(SetOf.of(List.of(whole(1))));
    assertThat(MathValues.interval(X, X, false, false)).isEqualTo(SetOf.of(List.of(X)));
    assertThatThrownBy(() -> MathValues.interval(whole(1), whole(1), false, true))
        .isInstanceOf(Undecided.class);
  }

  @Test
  void endsWithAHiddenInfinityOrAnImaginarySymbolAreNotGuessed() {
    for (Expr end : List.of(sum(X, INFINITE), Expr.product(X, Constant.I))) {
      assertThatThrownBy(() -> MathValues.interval(end, whole(1), true, true))
          .isInstanceOf(Undecided.class);
      assertThatThrownBy(() -> MathValues.interval(whole(1), end, true, true))
          .isInstanceOf(Undecided.class);
    }
  }
}
