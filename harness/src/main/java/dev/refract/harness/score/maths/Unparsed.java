package dev.refract.harness.score.maths;

/// The reference cannot parse this text either, so only the spelling can be compared.
final class Unparsed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean fatal;

  /// @param fatal whether no other way of parsing is tried
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
