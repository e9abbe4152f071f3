package dev.refract.harness.score.maths;

/// The reference cannot read this text either: only its spelling is left to compare.
final class Unparsed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean fatal;

  /// @param fatal whether no other reading is tried
  Unparsed(String why, boolean fatal) {
    super(why, null, false, false);
    this.fatal = fatal;
  }

  Unparsed(String why) {
    this(why, false);
  }

  boolean fatal() {
    return fatal;
  }
}
