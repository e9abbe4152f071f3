package dev.refract.reports.gate;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// The verdict of a check or of a gate. A regression is proven; an unproven result is inconclusive;
/// a check that cannot be judged is refused.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = GateVerdict.Pass.class, name = "pass"),
  @JsonSubTypes.Type(value = GateVerdict.Regression.class, name = "regression"),
  @JsonSubTypes.Type(value = GateVerdict.Inconclusive.class, name = "inconclusive"),
  @JsonSubTypes.Type(value = GateVerdict.Refused.class, name = "refused")
})
public sealed interface GateVerdict {

  /// The reason, in a sentence without the name of the check.
  String words();

  record Pass(String words) implements GateVerdict {}

  record Regression(String words) implements GateVerdict {}

  record Inconclusive(String words) implements GateVerdict {}

  record Refused(String words) implements GateVerdict {}

  /// The verdict in a word.
  default String name() {
    return switch (this) {
      case Pass _ -> "pass";
      case Regression _ -> "regression";
      case Inconclusive _ -> "inconclusive";
      case Refused _ -> "refused";
    };
  }

  /// Severity: of several verdicts, the one with the highest number decides.
  default int gravity() {
    return switch (this) {
      case Pass _ -> 0;
      case Inconclusive _ -> 1;
      case Regression _ -> 2;
      case Refused _ -> 3;
    };
  }
}
