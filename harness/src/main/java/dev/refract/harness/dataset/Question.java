package dev.refract.harness.dataset;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// One question about a sample's images.
///
/// @param id unique in its dataset
/// @param group the benchmark's own type of question, such as `human`
/// @param choices the options in order of their letters; empty for a free answer
/// @param golds accepted answers, for choices the letter; empty when the answers are not public
/// @param metric name of the metric that scores it
/// @param attributes further values that the metric or the protocol needs, by name
public record Question(
    String id,
    String group,
    String text,
    List<String> choices,
    List<String> golds,
    String metric,
    Map<String, String> attributes) {

  public Question {
    choices = List.copyOf(choices);
    golds = List.copyOf(golds);
    attributes =
        attributes.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(attributes));
  }

  /// The same question with other attributes.
  public Question with(Map<String, String> newAttributes) {
    return new Question(id, group, text, choices, golds, metric, newAttributes);
  }

  public Question(
      String id,
      String group,
      String text,
      List<String> choices,
      List<String> golds,
      String metric) {
    this(id, group, text, choices, golds, metric, Map.of());
  }
}
