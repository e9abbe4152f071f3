/// Decides whether two answers are mathematically equal, like the scorer that CapRL uses
/// (math-verify 0.8.0), but without a computer algebra system; cases that need one are undecided.
@NullMarked
package dev.refract.harness.score.maths;

import org.jspecify.annotations.NullMarked;
