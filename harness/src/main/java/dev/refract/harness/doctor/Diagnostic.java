package dev.refract.harness.doctor;

/// The result of one check.
///
/// @param advice what to do; empty when nothing is necessary
public record Diagnostic(String what, State state, String found, String advice) {

  /// The severity of a result.
  public enum State {
    FINE,
    /// Not ideal or missing, but runs work.
    NOTE,
    /// A run will fail.
    BROKEN
  }

  static Diagnostic fine(String what, String found) {
    return new Diagnostic(what, State.FINE, found, "");
  }

  static Diagnostic note(String what, String found, String advice) {
    return new Diagnostic(what, State.NOTE, found, advice);
  }

  static Diagnostic broken(String what, String found, String advice) {
    return new Diagnostic(what, State.BROKEN, found, advice);
  }
}
