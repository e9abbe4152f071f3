package dev.refract.harness.score.maths;

/// The reference's result for this case is not modelled here.
final class Undecided extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Undecided(String why) {
    super(why, null, false, false);
  }
}
