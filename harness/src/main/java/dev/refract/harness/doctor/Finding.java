package dev.refract.harness.doctor;

/// One thing that was looked at.
///
/// @param advice what to do about it; empty where there is nothing to do
public record Finding(String what, State state, String found, String advice) {

  /// How it is.
  public enum State {
    FINE,
    /// Not as it could be, or not there; a run works all the same.
    NOTE,
    /// A run will fail.
    BROKEN
  }

  static Finding fine(String what, String found) {
    return new Finding(what, State.FINE, found, "");
  }

  static Finding note(String what, String found, String advice) {
    return new Finding(what, State.NOTE, found, advice);
  }

  static Finding broken(String what, String found, String advice) {
    return new Finding(what, State.BROKEN, found, advice);
  }
}
