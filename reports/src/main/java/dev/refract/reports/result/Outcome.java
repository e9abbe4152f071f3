package dev.refract.reports.result;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The outcome of one answer, never a sentinel number and never a guess.
///
/// Unparsed, abstained and unsupported answers are reported as separate rates. A failure counts as
/// wrong; reports also show the accuracy without failures.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Outcome.Scored.class, name = "scored"),
  @JsonSubTypes.Type(value = Outcome.Unparsed.class, name = "unparsed"),
  @JsonSubTypes.Type(value = Outcome.Abstained.class, name = "abstained"),
  @JsonSubTypes.Type(value = Outcome.Unsupported.class, name = "unsupported"),
  @JsonSubTypes.Type(value = Outcome.Failed.class, name = "failed"),
  @JsonSubTypes.Type(value = Outcome.Unscored.class, name = "unscored")
})
public sealed interface Outcome {

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

  /// The score that counts towards accuracy, in [0, 1].
  default double score() {
    return switch (this) {
      case Scored scored -> scored.value();
      case Abstained abstained -> abstained.value();
      case Unparsed _, Unsupported _, Failed _, Unscored _ -> 0;
    };
  }

  /// The answer for a reader, or why there is none.
  default String shown() {
    return switch (this) {
      case Scored scored -> scored.answer();
      case Unparsed _ -> "(unparsed)";
      case Abstained _ -> "(unanswerable)";
      case Unsupported unsupported -> unsupported.answer();
      case Unscored unscored -> unscored.answer();
      case Failed failed -> "(%s failed: %s)".formatted(failed.stage(), failed.kind());
    };
  }

  /// The metric gave `value` in [0, 1].
  ///
  /// @param answer for choices, the option's letter in the data, not the letter shown
  /// @param basis the text that got this score
  /// @param own refract's own score of a reply whose score came with an import; null for other
  ///   scores, and where refract has no rule
  record Scored(double value, String answer, Basis basis, @Nullable Double own) implements Outcome {
    public Scored {
      checked(value);
      if (own != null) {
        checked(own);
      }
    }

    public Scored(double value, String answer, Basis basis) {
      this(value, answer, basis, null);
    }

    /// A parsed answer with its score.
    public Scored(double value, String answer) {
      this(value, answer, Basis.ANSWER);
    }
  }

  /// The reply contained no answer in the requested form.
  record Unparsed(String reply) implements Outcome {}

  /// The answerer replied that the caption does not contain the answer.
  ///
  /// @param value 0, except where a benchmark rewards abstaining (CaptionQA)
  record Abstained(String reply, double value) implements Outcome {
    public Abstained {
      checked(value);
    }
  }

  /// The metric cannot decide whether the answer is right; it counts as 0 and is listed.
  record Unsupported(String answer) implements Outcome {}

  /// No reply, or no caption to answer from.
  ///
  /// @param stage `query`, `caption`, `answer` or `judge`
  record Failed(FailedStage stage, FailureKind kind, String message) implements Outcome {}

  /// An answer to a question whose gold the benchmark keeps secret; it is not part of any accuracy.
  record Unscored(String answer) implements Outcome {}

  private static void checked(double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("expected a score in [0, 1], found " + value);
    }
  }
}
