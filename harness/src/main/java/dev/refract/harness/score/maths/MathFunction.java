package dev.refract.harness.score.maths;

import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;

/// The functions whose values at constants are known. Degrees are dropped, as in the reference, so
/// that angles are in radians.
enum MathFunction {
  ABSOLUTE("|", Math::abs),
  NATURAL_LOGARITHM("\\ln", Math::log),
  LOGARITHM("\\log", Math::log10),
  SINE("\\sin", Math::sin),
  COSINE("\\cos", Math::cos),
  TANGENT("\\tan", Math::tan);

  private final String command;
  private final DoubleUnaryOperator value;

  MathFunction(String command, DoubleUnaryOperator value) {
    this.command = command;
    this.value = value;
  }

  /// The function of this command; the bars of absolute values are not commands.
  static Optional<MathFunction> of(String command) {
    return Stream.of(values())
        .filter(function -> function != ABSOLUTE && function.command.equals(command))
        .findFirst();
  }

  double at(double x) {
    return value.applyAsDouble(x);
  }
}
