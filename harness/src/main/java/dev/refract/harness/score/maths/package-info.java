/// Whether two answers are the same mathematics, as the scorer that CapRL uses decides it
/// (math-verify 0.8.0), without a computer algebra system: what would need one is undecided.
@NullMarked
package dev.refract.harness.score.maths;

import org.jspecify.annotations.NullMarked;
