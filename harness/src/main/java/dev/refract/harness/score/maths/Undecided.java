package dev.refract.harness.score.maths;

/// What the reference would make of this is not modelled here.
final class Undecided extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Undecided(String why) {
    super(why, null, false, false);
  }
}
