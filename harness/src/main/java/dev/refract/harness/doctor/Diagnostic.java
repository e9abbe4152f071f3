package dev.refract.harness.doctor;

/// One thing that was looked at.
///
/// @param advice what to do about it; empty where there is nothing to do
public record Diagnostic(String what, State state, String found, String advice) {

  /// How it is.
  public enum State {
    FINE,
    /// Not as it could be, or not there; a run works all the same.
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
