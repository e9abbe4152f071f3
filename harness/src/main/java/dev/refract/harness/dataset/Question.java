package dev.refract.harness.dataset;

import java.util.List;

/// One question on an image.
///
/// @param id unique in its dataset
/// @param kind the benchmark's own type of question, such as `human`
/// @param choices the options in order of their letters; empty for a free answer
/// @param golds accepted answers, at least one; for choices the letter
/// @param metric name of the metric that scores it
public record Question(
    String id, String kind, String text, List<String> choices, List<String> golds, String metric) {

  public Question {
    choices = List.copyOf(choices);
    golds = List.copyOf(golds);
  }
}
