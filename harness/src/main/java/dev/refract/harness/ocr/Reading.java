package dev.refract.harness.ocr;

/// A piece of text and its position.
///
/// @param confidence mean probability of its characters, in [0, 1]
record Reading(TextBox box, String text, double confidence) {}
