package dev.refract.harness.score.parse;

/// The parsed content of a reply.
public sealed interface Parsed {

  record Answer(String text) implements Parsed {}

  /// The reply states that the caption does not contain the answer.
  record Abstention() implements Parsed {}

  /// The reply has no answer of the required form, or two that contradict each other.
  record Nothing() implements Parsed {}
}
