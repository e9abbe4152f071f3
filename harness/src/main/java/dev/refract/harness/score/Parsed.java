package dev.refract.harness.score;

/// What a reply says.
public sealed interface Parsed {

  record Answer(String text) implements Parsed {}

  /// The reply is that the caption does not tell.
  record Abstention() implements Parsed {}

  /// No answer of the form asked for, or two that contradict each other.
  record Nothing() implements Parsed {}
}
