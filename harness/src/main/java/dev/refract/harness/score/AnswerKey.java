package dev.refract.harness.score;

import java.util.List;
import java.util.Map;

/// What a metric knows of a question.
///
/// @param golds accepted answers, at least one; for choices the letter
/// @param choices the options in order of their letters; empty for a free answer
/// @param attributes attributes of the question by name; each metric documents those it needs
public record AnswerKey(List<String> golds, List<String> choices, Map<String, String> attributes) {

  public AnswerKey {
    golds = List.copyOf(golds);
    choices = List.copyOf(choices);
    attributes = Map.copyOf(attributes);
  }

  /// The key of a question with a free answer and no attributes.
  public static AnswerKey of(String... golds) {
    return new AnswerKey(List.of(golds), List.of(), Map.of());
  }

  public AnswerKey with(Map<String, String> newAttributes) {
    return new AnswerKey(golds, choices, newAttributes);
  }

  /// The attribute, or an empty text.
  String attribute(String name) {
    return attributes.getOrDefault(name, "");
  }
}
