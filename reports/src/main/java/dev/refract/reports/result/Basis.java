package dev.refract.reports.result;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// The text that a score was given to. In JSON the name in lower case.
public enum Basis {
  /// The whole reply, as the benchmark's own script takes it.
  REPLY,
  /// The answer that refract's parser found in the reply, because it scored more, or because the
  /// reply as a whole had no score.
  ANSWER,
  /// Another program's score, which came with an import.
  IMPORTED,
  /// A judge's verdict.
  VERDICT;

  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  static Basis of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
