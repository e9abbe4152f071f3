package dev.refract.reports.result;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// What became of one question. Never a sentinel number, never a guess.
///
/// Unparsed and abstained count as 0 and are reported as rates of their own; a failure is counted
/// wrong, and shown beside the bound that leaves failures out.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Outcome.Scored.class, name = "scored"),
  @JsonSubTypes.Type(value = Outcome.Unparsed.class, name = "unparsed"),
  @JsonSubTypes.Type(value = Outcome.Abstained.class, name = "abstained"),
  @JsonSubTypes.Type(value = Outcome.Failed.class, name = "failed"),
  @JsonSubTypes.Type(value = Outcome.Unscored.class, name = "unscored")
})
public sealed interface Outcome {

  /// The score that counts towards accuracy, in [0, 1].
  default double score() {
    return switch (this) {
      case Scored scored -> scored.value();
      case Unparsed _, Abstained _, Failed _, Unscored _ -> 0;
    };
  }

  /// The metric gave `value` in [0, 1] to the parsed `answer`.
  record Scored(double value, String answer) implements Outcome {
    public Scored {
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException("a score lies in [0, 1], found " + value);
      }
    }
  }

  /// The reply held no answer of the form asked for.
  record Unparsed(String reply) implements Outcome {}

  /// The answerer said that the caption does not tell.
  record Abstained(String reply) implements Outcome {}

  /// No reply, or no caption to answer from.
  ///
  /// @param stage `caption` or `answer`
  record Failed(String stage, String kind, String message) implements Outcome {}

  /// An answer to a question whose gold the benchmark keeps secret: it counts in no accuracy.
  record Unscored(String answer) implements Outcome {}
}
