package dev.refract.reports.result;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// The stage of a run in which a request failed. In JSON the name in lower case.
public enum FailedStage {
  /// Finding out what a question needs to see in the image.
  QUERY,
  CAPTION,
  ANSWER,
  JUDGE;

  @JsonValue
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  @JsonCreator
  static FailedStage of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
